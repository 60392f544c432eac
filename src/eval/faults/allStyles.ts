import type { LogStyle } from './logStyle.ts';
import { accessLog } from './styles/accessLog.ts';
import { batchJobs } from './styles/batchJobs.ts';
import { blockStorage } from './styles/blockStorage.ts';
import { consoleProgram } from './styles/consoleProgram.ts';
import { database } from './styles/database.ts';
import { logfmtService } from './styles/logfmtService.ts';
import { microservices } from './styles/microservices.ts';
import { queueConsumer } from './styles/queueConsumer.ts';
import { sensorDaemon } from './styles/sensorDaemon.ts';
import { syslogHost } from './styles/syslogHost.ts';
import { threadPool } from './styles/threadPool.ts';
import { webService } from './styles/webService.ts';

/** Every kind of clean log that is generated. The first half is looked at while tuning. */
export const logStyles: readonly LogStyle[] = [
  webService,
  batchJobs,
  accessLog,
  queueConsumer,
  syslogHost,
  microservices,
  blockStorage,
  sensorDaemon,
  logfmtService,
  threadPool,
  database,
  consoleProgram,
];
