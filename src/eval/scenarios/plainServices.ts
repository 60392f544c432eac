import type { LineFormat } from './formats.ts';
import type { Service } from './service.ts';
import { jobService, service } from './service.ts';

// Programs of one company, in the plain words that any programmer uses, in any format.

export const storage = (format: LineFormat): Service =>
  service('recordstore.log', format, {
    routine: `
      info monitor | status ok, {n} open sessions
      info writer | segment {seq} flushed in {ms} ms
      info session | client {ip} attached as {user}
      info session | client {ip} detached
      debug query | {table}: {n} rows in {ms} ms
    `,
    warnings: `
      warn query | {table}: scan without index, {big} rows
      warn session | client {ip} uses a deprecated driver
    `,
    passing: [
      `+0 . warn session | client {ip} closed its socket before the statement finished, rolled back
       +1 . info session | client {ip} attached as {user}`,
      `+0 . warn writer | flush of segment {seq} failed on the first attempt, trying again
       +1 . info writer | segment {seq} flushed on the second attempt`,
    ],
  });

export const cacheNode = (format: LineFormat): Service =>
  service('cachenode.log', format, {
    routine: `
      info monitor | {big} keys, hit rate {pct}%
      info evict | {n} expired keys removed
      info persist | image of {mb} MB saved
    `,
    warnings: `
      warn monitor | key {hex} holds an unusually large value
    `,
    passing: [
      `+0 . warn replica | follower {ip} fell behind, resending
       +2 . info replica | follower {ip} caught up`,
    ],
  });

export const queue = (format: LineFormat): Service =>
  service('msgqueue.log', format, {
    routine: `
      info monitor | {n} channels, {few} consumers
      info channel | {topic}: {n} messages delivered
      info channel | {topic}: consumer {hex} joined
      debug channel | {topic}: committed up to {big}
    `,
    warnings: `
      warn channel | {topic}: consumer {hex} is slow
    `,
    passing: [
      `+0 . warn channel | {topic}: consumer {hex} dropped out, rebalancing
       +4 . info channel | {topic}: rebalanced over {few} consumers`,
    ],
  });

export const edge = (format: LineFormat): Service =>
  service('edge.log', format, {
    routine: `
      info monitor | ready
      info request | {client} GET {page} -> {ok} ({ms} ms)
      info request | {client} POST /orders -> 201 ({ms} ms)
      debug pool | {n} idle upstream connections
    `,
    warnings: `
      warn request | {client} sent a malformed cookie, dropped
      info request | {client} GET /old/index -> 404 ({few} ms)
    `,
    passing: [
      `+0 . warn upstream | call to catalogue failed, retrying on the next instance
       +1 . info upstream | retry succeeded`,
      `+0 . info request | {client} cancelled the download
       +1 . info request | {client} GET {page} -> 200 ({ms} ms)`,
    ],
  });

export const orders = (format: LineFormat): Service =>
  service('order-service.log', format, {
    routine: `
      info monitor | heartbeat, queue {few}
      info intake | {order} received from {user}
      info intake | {order} processed in {ms} ms
      info mail | notification for {order} sent
      debug pricing | {order}: {n} items
    `,
    warnings: `
      warn intake | {order} has no phone number
      warn intake | {order} took {secs} s, slower than usual
    `,
    passing: [
      `+0 . warn mail | sending notification for {order} failed, will retry
       +3 . info mail | notification for {order} sent on retry`,
      `+0 . warn intake | invalid input from {client} rejected with 400
       >   at parseAmount (intake/parse.src:31)
       >   at handle (intake/handler.src:18)`,
    ],
  });

export const cluster = (format: LineFormat): Service =>
  service('cluster-manager.log', format, {
    routine: `
      info monitor | {n} workloads running
      info placement | {pod} assigned to host-{few}
      info health | {pod} passed its check
      debug placement | plan computed in {ms} ms
    `,
    warnings: `
      warn placement | {pod} has no owner label
    `,
    passing: [
      `+0 . warn health | {pod} missed a check
       +10 . info health | {pod} passed its check`,
    ],
  });

export const server = (format: LineFormat): Service =>
  service('server.log', format, {
    routine: `
      info sys | load 0.{n}
      info login | session of {user} from {ip} opened
      info cron | hourly maintenance finished
      info clock | synchronised, offset 0.{n} ms
    `,
    warnings: `
      info sys | fan {few} speed raised
    `,
    passing: [
      `+0 . info cron | task docs-index failed with exit code 1, rescheduled
       +30 . info cron | task docs-index finished`,
    ],
  });

export const files = (format: LineFormat): Service =>
  service('objectstore.log', format, {
    routine: `
      info monitor | volume {few} healthy
      info object | {hex} stored, {big} bytes, 3 copies
      info object | {hex} read by {ip}
      debug audit | {n} objects verified
    `,
    warnings: `
      warn object | {hex} slow read, {big} us
    `,
    passing: [
      `+0 . warn object | copy of {hex} delayed, requested again
       +3 . info object | copy of {hex} complete`,
    ],
  });

export const batch = (format: LineFormat): Service =>
  service('batch.log', format, {
    routine: `
      info monitor | {pct}% done
      info task | task {seq} finished in {secs} s
      info task | task {seq} started on worker-{few}
    `,
    warnings: `
      warn task | task {seq} runs long, duplicate started
    `,
    passing: [
      `+0 . warn task | task {seq} failed on worker-{few}, first attempt, restarted
       +8 . info task | task {seq} finished on the second attempt`,
    ],
  });

export const pipeline = (format: LineFormat): Service =>
  jobService('pipeline.log', format, {
    steps: `
      info runner | preparing workspace
      info runner | checked out shop at {hex}
      info runner | stage fetch
      info fetch | {mb} libraries up to date
      info fetch | note: library glue 1.0 is deprecated
      info runner | stage make
    `,
    ending: `
      info make | all {mb} files done
      info runner | stage verify
      info verify | {mb} of {mb} checks passed
      info runner | pipeline finished successfully
    `,
    passing: [
      `+0 . warn fetch | download of wire 2.1 was slow, second mirror used
       +2 . info fetch | wire 2.1 complete`,
    ],
  });
