import type { Category, Recommendation } from '../explanation.ts';

type Advice = Readonly<Record<Recommendation['kind'], string>>;

const advice = (verify: string, mitigate: string, fix: string, prevent: string): Advice => ({
  verify,
  mitigate,
  fix,
  prevent,
});

/**
 * What to do about a kind of failure. Every step is for a person to decide; the checks only read.
 */
export const adviceFor: Readonly<Record<Category, Advice>> = {
  'resource.disk': advice(
    'Compare free space, inodes and mount options on the machine that wrote these lines (`df -h`, `df -i`, `mount`).',
    'Free space or move what grows (old logs, temporary files, snapshots); then restart what stopped writing.',
    'Find what filled the disk, and give it a limit or a volume of its own.',
    'Alert on free space well before the limit, and rotate what grows.',
  ),
  'resource.memory': advice(
    'Compare memory use with the limit at that time, and look for a kill by the system (`dmesg`, container status).',
    'Restart what ran out, or raise its limit if the machine has room.',
    'Take a heap or memory profile under the same load, and remove what keeps growing.',
    'Alert on memory use near the limit, and bound caches, queues and request sizes.',
  ),
  'resource.cpu': advice(
    'Compare processor load, throttling and run queue at that time with a normal day.',
    'Shed or spread load: fewer workers, more instances, heavy jobs paused.',
    'Profile what ran at that time, and reduce or bound it.',
    'Set limits for heavy jobs and alert on sustained load.',
  ),
  'resource.handles': advice(
    'Compare what is open with its limit: connections in use, pool size, file handles, threads.',
    'Restart what holds them, or raise the limit if the other side can bear it.',
    'Find who opens without closing, or holds too long, and release it on every path.',
    'Alert on use near the limit, and set a time limit for waiting and for holding.',
  ),
  'resource.quota': advice(
    'Compare use with the quota, rate limit or capacity that the message names.',
    'Reduce demand, retry with growing pauses, or ask for a higher limit.',
    'Size the limit for the real load, or batch and cache the calls.',
    'Alert before the limit is reached.',
  ),
  'network.disconnect': advice(
    'Check the path between the two sides at that time: links, routes, firewalls, and whether the other side restarted.',
    'Reconnect or fail over to a side that can be reached.',
    'Repair the link or the side that closed the connection.',
    'Retry with growing pauses, and alert on lost connections.',
  ),
  'network.timeout': advice(
    'Look at what the other side did while this side waited; compare its response times with the limit.',
    'Take load off the slow side, or fail over.',
    'Make the slow call faster, or wait outside the request.',
    'Set time limits that shrink along the chain, and alert on slow responses.',
  ),
  'network.dns': advice(
    'Resolve the name from the same machine, and check which name server answered (`getent hosts NAME`).',
    'Use another name server, or restart the resolver.',
    'Correct the record, the search domain or the resolver.',
    'Monitor resolution of the names that everything depends on.',
  ),
  'network.tls': advice(
    'Look at the certificate that was presented: dates, names, chain (`openssl s_client -connect HOST:PORT`).',
    'Put a valid certificate in place, or trust the right authority.',
    'Renew or reissue the certificate, and align protocol versions on both sides.',
    'Renew automatically, and alert weeks before the end date.',
  ),
  'node.down': advice(
    'Check whether the node is up and reachable, and what its own log says about that time.',
    'Let its work run elsewhere; bring the node back or replace it.',
    'Find why the node went away: power, kernel, network, disks.',
    'Keep enough replicas for one node to be lost, and alert on lost nodes.',
  ),
  'process.crash': advice(
    'Look for a core dump or crash report of that process, and for what it did last.',
    'Restart it, without the input or version that made it crash if that is known.',
    'Reproduce the crash from the trace, and correct the code or library it names.',
    'Keep crash reports, and roll out new versions in steps.',
  ),
  'process.killed': advice(
    'Find who sent the signal: the system short of memory, an orchestrator, a deploy, a person.',
    'Restart the process, and give it what it was killed for if that is known.',
    'Remove the reason: a limit, a failing probe, a too short stop time.',
    'Alert on restarts, and shut down cleanly on the polite signal.',
  ),
  'dependency.unavailable': advice(
    'Check whether the named service runs and accepts connections from this machine, and read its log at that time.',
    'Bring the service back, or direct traffic away from it.',
    'Repair what stopped it; correct the address if it was wrong.',
    'Monitor the service from its users’ side, and let callers bear its absence.',
  ),
  'auth.denied': advice(
    'Check which identity asked, and what it may do; compare with the last change of secrets or roles.',
    'Restore the credential or role that worked.',
    'Grant what is needed and no more, or correct the credential.',
    'Alert before credentials end, and test access after each change.',
  ),
  'config.invalid': advice(
    'Compare the named setting with the last configuration that worked.',
    'Go back to the last configuration that worked.',
    'Correct the setting that the message names.',
    'Validate configurations before they are rolled out.',
  ),
  'version.mismatch': advice(
    'List the versions on both sides, and what changed last.',
    'Go back to the versions that worked together.',
    'Align the versions, or run the missing migration.',
    'Pin versions, and test upgrades together.',
  ),
  'code.exception': advice(
    'Read the code at the innermost own frame with the values of the message in mind.',
    'Go back to the last version without this exception, or avoid the input that leads there.',
    'Handle the case that the exception names, and add a test for it.',
    'Alert on exception kinds that are new.',
  ),
  'code.assertion': advice(
    'Read the assertion and the values that it names.',
    'Go back to the last version in which it held.',
    'Correct the code that broke the condition, or the condition if it is outdated.',
    'Keep a test for the condition.',
  ),
  'test.failure': advice(
    'Run the named test alone, and compare what it expected with what it got.',
    'If it fails only sometimes, rerun it; do not merge meanwhile.',
    'Correct the code or the expectation, whichever is wrong.',
    'Run this test before merging.',
  ),
  'build.compile': advice(
    'Open the first file and line that the compiler names: later errors often follow from it.',
    'Go back to the last commit that compiled.',
    'Correct the source at the named place.',
    'Compile every change before merging.',
  ),
  'build.dependency': advice(
    'Ask the registry for the named package and version from the same machine.',
    'Use the last set of versions that resolved, or another mirror.',
    'Correct the version or the source of the named package.',
    'Keep a lock file, and a mirror of what the build needs.',
  ),
  'data.missing': advice(
    'Check whether what the message names existed before, and who removed or never created it.',
    'Restore it, or point to where it is.',
    'Correct the path or name, or create it before it is used.',
    'Check for needed data at the start, with a clear message.',
  ),
  'data.corrupt': advice(
    'Compare sizes and checksums with a good copy, and look for a crash or full disk before.',
    'Set the bad data aside, and restore a good copy.',
    'Correct the writer, or the transport that damaged it.',
    'Write atomically, and verify checksums when reading.',
  ),
  concurrency: advice(
    'Find the two sides that met: the holder of the lock and the one that waited.',
    'Let one side finish or stop it, and retry the other.',
    'Take locks in one order, hold them shorter, or retry on conflict.',
    'Test with parallel load.',
  ),
  unknown: advice(
    'Read the cited lines in order, earliest first, and what stands directly before them.',
    'Undo the last change before the first of these lines, if there was one.',
    'Decide from the lines what is new, and correct it where it starts.',
    'Save this as an incident once the cause is known, so that it is recognised next time.',
  ),
  none: advice(
    'Nothing to check in these logs.',
    'Nothing to do.',
    'Nothing to correct.',
    'Nothing to prevent.',
  ),
};
