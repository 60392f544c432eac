import type { LineFormat } from './formats.ts';
import type { Service } from './service.ts';
import { jobService, service } from './service.ts';

// Programs that nobody outside of one company runs: other names, other words, any format.

export const store = (format: LineFormat): Service =>
  service('ledgerd.out', format, {
    routine: `
      info pulse | up, {n} sessions attached
      info engine | folded journal part {seq}, {n} pages
      info session | {user} attached from {ip}
      info session | {user} detached after {secs} s
      debug engine | lookup in {table} took {ms} ms
    `,
    warnings: `
      warn engine | lookup in {table} took {big} us, above the soft limit
      warn session | {user} uses the old dialect
    `,
    passing: [
      `+0 . warn session | peer {ip} hung up in the middle of a statement, statement undone
       +1 . info session | {user} attached from {ip}`,
    ],
  });

export const cache = (format: LineFormat): Service =>
  service('shelf.txt', format, {
    routine: `
      info pulse | serving, {big} items held
      info shelf | dropped {n} stale items
      info shelf | snapshot written, {mb} MB
      debug shelf | {pct} of 100 lookups hit
    `,
    warnings: `
      warn shelf | item {hex} is larger than usual
    `,
    passing: [
      `+0 . warn mirror | mirror {ip} lagged behind, sent again
       +2 . info mirror | mirror {ip} is level`,
    ],
  });

export const broker = (format: LineFormat): Service =>
  service('courier.log', format, {
    routine: `
      info pulse | {n} lanes open
      info lane | lane {topic}: {n} parcels handed over
      info lane | lane {topic}: reader {hex} joined
      debug lane | lane {topic}: mark moved to {big}
    `,
    warnings: `
      warn lane | lane {topic}: reader {hex} is slow
    `,
    passing: [
      `+0 . warn lane | lane {topic}: reader {hex} left without a word, its parcels go to others
       +4 . info lane | lane {topic}: reader {hex} joined`,
    ],
  });

export const gateway = (format: LineFormat): Service =>
  service('frontdoor.log', format, {
    routine: `
      info pulse | doors open
      info door | {client} asked for {page}: {ok} in {ms} ms
      info door | {client} sent a form to /orders: 201 in {ms} ms
      debug door | {n} visitors
    `,
    warnings: `
      warn door | {client} sent an odd header, left out
      info door | {client} asked for /old-shop: 404 in {few} ms
    `,
    passing: [
      `+0 . warn door | first try for {client} fell through, second one went well
       +1 . info door | {client} asked for {page}: 200 in {ms} ms`,
    ],
  });

export const worker = (format: LineFormat): Service =>
  service('clerk.log', format, {
    routine: `
      info pulse | nothing unusual
      info desk | {order} taken in for {user}
      info desk | {order} done in {ms} ms
      info post | letter for {order} put in the outbox
      debug desk | {few} waiting
    `,
    warnings: `
      warn desk | {order} has no phone number
      warn desk | {order} took {secs} s, which is long
    `,
    passing: [
      `+0 . warn post | letter for {order} came back once, sent anew
       +3 . info post | letter for {order} arrived`,
      `+0 . warn desk | upload by {client} was not finished; handled, nothing kept
       >   in Upload.read (upload.clerk:61)
       >   in Desk.take (desk.clerk:18)`,
    ],
  });

export const scheduler = (format: LineFormat): Service =>
  service('harbour.log', format, {
    routine: `
      info pulse | {n} berths in use
      info pilot | unit {pod} placed on berth-{few}
      info pilot | unit {pod} answers its checks
      debug pilot | plan computed in {ms} ms
    `,
    warnings: `
      warn pilot | unit {pod} has no owner
    `,
    passing: [
      `+0 . warn pilot | unit {pod} missed one check
       +10 . info pilot | unit {pod} answers its checks`,
    ],
  });

export const machine = (format: LineFormat): Service =>
  service('host.log', format, {
    routine: `
      info core | load 0.{n}
      info login | {user} came in from {ip}
      info timer | nightly tasks looked through
      info clock | drift 0.{n} ms
    `,
    warnings: `
      info core | fan {few} runs faster
    `,
    passing: [
      `+0 . info timer | task index-docs ended with 1, will run again
       +30 . info timer | task index-docs ended with 0`,
    ],
  });

export const vault = (format: LineFormat): Service =>
  service('silo.log', format, {
    routine: `
      info pulse | silo {few} in order
      info shelf | part {hex} stored, {big} bytes, on 3 silos
      info shelf | part {hex} read by {ip}
      debug audit | {n} parts looked over
    `,
    warnings: `
      warn shelf | part {hex} was read slowly, {big} us
    `,
    passing: [
      `+0 . warn shelf | copy of part {hex} late, asked again
       +3 . info shelf | copy of part {hex} there`,
    ],
  });

export const cruncher = (format: LineFormat): Service =>
  service('cruncher.log', format, {
    routine: `
      info pulse | {pct} of 100 slices done
      info slice | slice {seq} finished in {secs} s
      info slice | slice {seq} handed to arm-{few}
    `,
    warnings: `
      warn slice | slice {seq} runs long, a second copy was begun
    `,
    passing: [
      `+0 . warn slice | slice {seq} ended early on arm-{few}, begun again
       +8 . info slice | slice {seq} finished in {secs} s`,
    ],
  });

export const assembly = (format: LineFormat): Service =>
  jobService('assembly.log', format, {
    steps: `
      info | preparing a clean room
      info | sources of shop at {hex}
      info | step 1 of 4: fetch parts
      info | {mb} parts in place
      info | note: part glue-1 is old and will be retired
      info | step 2 of 4: make
    `,
    ending: `
      info  | step 3 of 4: check, all {mb} checks good
      info  | step 4 of 4: pack
      info  | assembly finished, exit 0
    `,
    passing: [
      `+0 . info  | part wire-2 came slowly, second try worked
       +2 . info  | part wire-2 in place`,
    ],
  });
