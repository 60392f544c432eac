import type { FoundIdentifier, ReaderEvents, ReaderRequests } from '../protocol/readerApi.ts';
import type { Opened } from './openJoined.ts';

/** What views are given from outside: how a log is opened, and who is told. */
export interface ViewsOptions {
  readonly open: (params: ReaderRequests['open']['params'], signal: AbortSignal) => Promise<Opened>;
  readonly followIdentifier: (
    params: ReaderRequests['followIdentifier']['params'],
    signal: AbortSignal,
  ) => Promise<FoundIdentifier>;
  readonly emit: <K extends keyof ReaderEvents>(event: K, payload: ReaderEvents[K]) => void;
}
