import buildTools from './build-tools.yaml';
import cloud from './cloud.yaml';
import clusterAddons from './cluster-addons.yaml';
import dataPlatforms from './data-platforms.yaml';
import dns from './dns.yaml';
import docker from './docker.yaml';
import dotnet from './dotnet.yaml';
import elasticsearch from './elasticsearch.yaml';
import gitCi from './git-ci.yaml';
import go from './go.yaml';
import hadoopMapreduce from './hadoop-mapreduce.yaml';
import hdfs from './hdfs.yaml';
import http from './http.yaml';
import jvm from './jvm.yaml';
import kafka from './kafka.yaml';
import kubernetes from './kubernetes.yaml';
import linux from './linux.yaml';
import mongodb from './mongodb.yaml';
import mysql from './mysql.yaml';
import native from './native.yaml';
import nginx from './nginx.yaml';
import node from './node.yaml';
import observability from './observability.yaml';
import openstack from './openstack.yaml';
import phpRuby from './php-ruby.yaml';
import platformServices from './platform-services.yaml';
import postgres from './postgres.yaml';
import python from './python.yaml';
import rabbitmq from './rabbitmq.yaml';
import redis from './redis.yaml';
import spring from './spring.yaml';
import sshAuth from './ssh-auth.yaml';
import systemd from './systemd.yaml';
import tls from './tls.yaml';
import webServers from './web-servers.yaml';
import yarn from './yarn.yaml';
import type { RuleFamily } from './logRule.ts';
import { RuleBook } from './ruleBook.ts';

/** The bundler has read and checked them; their order is of no meaning. */
const families = [
  buildTools,
  cloud,
  clusterAddons,
  dataPlatforms,
  dns,
  docker,
  dotnet,
  elasticsearch,
  gitCi,
  go,
  hadoopMapreduce,
  hdfs,
  http,
  jvm,
  kafka,
  kubernetes,
  linux,
  mongodb,
  mysql,
  native,
  nginx,
  node,
  observability,
  openstack,
  phpRuby,
  platformServices,
  postgres,
  python,
  rabbitmq,
  redis,
  spring,
  sshAuth,
  systemd,
  tls,
  webServers,
  yarn,
] as readonly RuleFamily[];

let book: RuleBook | null = null;

/** The rules that ship with the engine; made ready once per process. */
export function builtInRules(): RuleBook {
  book ??= new RuleBook(families.flatMap(({ rules }) => rules));
  return book;
}
