import type { Category } from '../explanation.ts';

/** A link of the kind "when this breaks, that is what one sees next". */
export interface KnownEffect {
  readonly cause: Category;
  readonly effect: Category;
  /** How the link reads: "a full disk makes writes fail". */
  readonly says: string;
}

const link = (cause: Category, effect: Category, says: string): KnownEffect => ({
  cause,
  effect,
  says,
});

/**
 * Known chains between kinds of failure. A link lifts "came before" to "is a known cause of"; it
 * never replaces the order in the log.
 */
export const knownEffects: readonly KnownEffect[] = [
  link('resource.disk', 'data.corrupt', 'a full or faulty disk cuts files short'),
  link('resource.disk', 'dependency.unavailable', 'a store that cannot write stops answering'),
  link('resource.disk', 'process.crash', 'programs that cannot write stop'),
  link('resource.disk', 'code.exception', 'failed writes surface as exceptions'),
  link('resource.disk', 'network.timeout', 'requests wait for writes that never finish'),
  link('resource.disk', 'node.down', 'a node without working disks is taken out'),
  link('resource.memory', 'process.killed', 'the system kills what needs too much memory'),
  link('resource.memory', 'process.crash', 'a program without memory dies'),
  link('resource.memory', 'dependency.unavailable', 'a service without memory stops answering'),
  link('resource.memory', 'network.timeout', 'a service short of memory answers late'),
  link('resource.memory', 'code.exception', 'failed allocations surface as exceptions'),
  link('resource.memory', 'node.down', 'a machine without memory stops responding'),
  link('resource.cpu', 'network.timeout', 'an overloaded service answers late'),
  link('resource.cpu', 'resource.handles', 'work that gets no processor time fills the queues'),
  link('resource.cpu', 'dependency.unavailable', 'an overloaded service fails its health checks'),
  link(
    'resource.handles',
    'network.timeout',
    'requests wait for a connection or thread that never comes free',
  ),
  link(
    'resource.handles',
    'dependency.unavailable',
    'without handles no new connection can be opened',
  ),
  link('resource.handles', 'code.exception', 'an exhausted pool surfaces as exceptions'),
  link('resource.quota', 'dependency.unavailable', 'what is over its limit is refused'),
  link('resource.quota', 'resource.cpu', 'what may not grow is overloaded'),
  link('resource.quota', 'network.timeout', 'throttled calls run into their time limits'),
  link('network.dns', 'dependency.unavailable', 'what cannot be resolved cannot be reached'),
  link('network.dns', 'network.timeout', 'lookups that hang run into time limits'),
  link('network.tls', 'dependency.unavailable', 'without a handshake there is no connection'),
  link('network.tls', 'network.disconnect', 'a failed handshake closes the connection'),
  link('network.disconnect', 'dependency.unavailable', 'what cannot be reached counts as down'),
  link('network.disconnect', 'network.timeout', 'lost packets run into time limits'),
  link('network.disconnect', 'network.dns', 'without a network no name can be resolved'),
  link('network.disconnect', 'node.down', 'a node that cannot be reached is declared lost'),
  link('node.down', 'network.timeout', 'calls to a dead node time out'),
  link('node.down', 'network.dns', 'names of a lost node, or looked up on it, are not resolved'),
  link('node.down', 'network.disconnect', 'connections to a dead node break'),
  link('node.down', 'dependency.unavailable', 'what ran on the node is gone'),
  link('node.down', 'data.missing', 'what only that node held is gone'),
  link('process.killed', 'dependency.unavailable', 'a killed process does not answer'),
  link('process.killed', 'network.disconnect', 'a killed process drops its connections'),
  link('process.crash', 'dependency.unavailable', 'a crashed process does not answer'),
  link('process.crash', 'network.disconnect', 'a crashed process drops its connections'),
  link('process.crash', 'network.timeout', 'calls to a crashed process time out'),
  link('dependency.unavailable', 'network.timeout', 'calls to a service that is away time out'),
  link('dependency.unavailable', 'code.exception', 'failed calls surface as exceptions'),
  link(
    'network.timeout',
    'dependency.unavailable',
    'upstreams report what answers too late as unavailable',
  ),
  link('network.timeout', 'code.exception', 'time-outs surface as exceptions'),
  link('auth.denied', 'dependency.unavailable', 'without access a service is as good as away'),
  link('auth.denied', 'code.exception', 'refused calls surface as exceptions'),
  link('config.invalid', 'process.crash', 'a program with a bad configuration does not start'),
  link(
    'config.invalid',
    'dependency.unavailable',
    'a service with a bad configuration does not serve',
  ),
  link('config.invalid', 'network.timeout', 'a wrong address or limit shows as time-outs'),
  link('config.invalid', 'code.exception', 'bad settings surface as exceptions'),
  link('version.mismatch', 'code.exception', 'code that does not fit together throws'),
  link('version.mismatch', 'process.crash', 'code that does not fit together does not start'),
  link('data.corrupt', 'code.exception', 'bad data surfaces as exceptions'),
  link('data.corrupt', 'resource.disk', 'a damaged file system is no longer written to'),
  link('data.corrupt', 'process.crash', 'a store with bad data does not start'),
  link('data.missing', 'code.exception', 'missing data surfaces as exceptions'),
  link('data.missing', 'process.crash', 'a program without its files does not start'),
  link('concurrency', 'network.timeout', 'work that waits for a lock times out'),
  link('concurrency', 'code.exception', 'lost conflicts surface as exceptions'),
  link('code.exception', 'process.crash', 'an exception that nobody handles ends the process'),
  link('code.exception', 'dependency.unavailable', 'a service that throws answers with errors'),
  link('code.exception', 'test.failure', 'a test fails on the exception'),
  link('code.exception', 'network.timeout', 'work that failed is waited for in vain'),
  link(
    'code.assertion',
    'dependency.unavailable',
    'a program that stopped at an assertion does not answer',
  ),
  link('code.assertion', 'network.disconnect', 'a program that stopped drops its connections'),
  link('code.assertion', 'process.crash', 'a failed assertion ends the process'),
  link('build.dependency', 'build.compile', 'code without its dependencies does not compile'),
  link('test.failure', 'process.crash', 'a failed test ends the step of the job'),
  link('build.compile', 'test.failure', 'what does not compile cannot be tested'),
];

/** The link from one kind of failure to another; null where none is known. */
export function knownEffect(cause: Category, effect: Category): KnownEffect | null {
  return knownEffects.find((item) => item.cause === cause && item.effect === effect) ?? null;
}
