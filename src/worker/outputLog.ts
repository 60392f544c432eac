import { inspect } from 'node:util';
import type { Log } from '../engine/base/log.ts';
import type { WorkerEvents } from '../protocol/workerApi.ts';

/** A log that is written somewhere else: each line becomes an `output` event. */
export function outputLog(emit: (line: WorkerEvents['output']) => void): Log {
  return {
    debug: (message) => {
      emit({ level: 'debug', message });
    },
    info: (message) => {
      emit({ level: 'info', message });
    },
    warn: (message) => {
      emit({ level: 'warn', message });
    },
    error: (message, cause) => {
      const detail = cause === undefined ? '' : ` ${inspect(cause)}`;
      emit({ level: 'error', message: `${message}${detail}` });
    },
  };
}
