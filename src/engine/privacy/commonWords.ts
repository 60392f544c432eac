/**
 * Words that tell nothing about anybody: English as logs are written in, and the vocabulary of
 * computing. Forms with -s, -ed, -ing, -er, -ly, un-, re- and the like count as well.
 */
const list = `
a about above abort absent accept access accord account acknowledge across action active actual add additional
address admin after again against age agent aggregate ahead alert algorithm alias alive all alloc allocate allocation allow
already also alter although always am among amount an analyse analysis and announce another answer any anything app append apply
application approve arch archive are area arg argument array arrive as ask assert assertion assign associate assume at
atomic attach attempt attribute audit auth authenticate authentication authorise authorize authorization auto automatic available average avoid
await away back backend backlog backoff backup bad balance bandwidth base basic batch be became because become been before
began begin behavior behaviour behind being below best better between beyond big bin binary bind bit black block
blocking body boot both bound box branch break bridge broadcast broke broken broker browser buffer bug build built builtin bucket bulk bundle
burst bus busy but by bypass byte cache calculate call callback came can cancel candidate cannot capability capacity
capture card case cast catalog catch category cause center central cert certificate chain change channel char
character charge charset check checkpoint checksum child children choose chunk circuit class clean cleanup clear click client clock
clone close cluster code codec collect collection collision column command comment commit common communicate communication company
compact compaction compare compatible compile complete completion component compress compression compute concurrent condition config configuration configure
confirm conflict connect connection connector console constant constraint consume consumer contact contain container content context
continue control controller convert cookie coordinate coordinator copy core corrupt corruption cost could count counter cover cpu crash
create creation credential critical cron current cursor custom customer cut cycle daemon daily dashboard data database dataset date datum day
dead deadline deadlock deal debug decide decision declare decode decrease decrypt default defer define definition degrade delay delegate
delete delivery deliver delta demand demote denied deny dependency deploy deployment deprecate depth describe descriptor destination destroy
detach detail detect determine dev develop device diagnose diagnostic dialog did die differ different digest dir direct directory
dirty disable disagree discard disconnect discover discovery disk dispatch display distinct distribute divide dns do doc document does
doesn domain don done double down download downstream downtime drain driver drive drop due dump duplicate duration during dynamic
each eager early echo edge edit effect effective either elapse elect election element elsewhere else email empty enable encode
encounter encrypt encryption end endpoint energy enforce engine enough enqueue ensure enter entire entity entry enum env environment equal
error escalate escape establish estimate evaluate even event every evict exact example exceed except exception exchange exclude exclusive
exec execute execution executor exhaust exist exit expand expect expensive expire expiration explain explicit export expose expression extend extension external
extra extract fabric factor factory fail failback failover failure fall fallback false family fast fatal fault feature fetch few field
file filename filesystem fill filter final find fine finish fire firewall first fit fix flag flight float flood flow flush fold folder follow
for force foreign fork form format forward found fraction fragment frame free freeze frequency fresh from front frontend full function further future
gap garbage gateway gather gave general generate generation generic get give given global go goes gone good got grace graceful grant graph great
green group grow guard guest guide had half halt handle handler handshake hang happen hard hardware has hash have head header heal health
healthy heap heartbeat held help here hidden hide high hint hit hold home hook hop host hour hourly how http https hub hung id
identifier identity idle if ignore illegal image immediate impact implementation import in inactive inbound include incoming
incompatible incomplete inconsistent incorrect increase increment indeed index indicate info inform information infrastructure ingest inherit init initial
initialise initialize initiate inject inner inode input insert inside inspect install instance instead instruction insufficient integer
integrity intend interface internal internet interrupt interval into introduce invalid inventory invalidate invoke io is isolate issue
it item iteration its itself jar job join journal json jump just keep keepalive kernel key kill kind know known label lack lag language
large last late latency latest launch layer layout lead leader leak learn lease least leave left legacy length less let level
library license life lifecycle light like limit line link list listen listener little live liveness load local locale locate
location lock log login logic logout long longer look lookup loop lose loss lost low machine made mail main maintain maintenance major
make manage manager manifest manual many map mapping mark mask master match matrix max maximum may mean measure medium member memory
merge mesh message met meta metadata method metric middle migrate migration min minimum minor minute mismatch miss missing mix mobile mode
model modify module moment monitor month more most mount move much multi multiple must mutate mutex name namespace native near
need negative neighbor neighbour neither network never new next no node non none nor normal not note nothing notice notification notify now null number
object observe obsolete obtain occupy occur of off offer offline offset ok old older omit on once one ongoing online only open operate operation
operator optimise optimize option optional or order ordinary origin original orphan other otherwise our out outage outbound outdate outer output
outside over overall overflow overhead overlap overload override overrun own owner pack package packet page pair panic parallel parameter parent
parse parser part partial participant partition pass password past patch path pattern pause pay payload payment peak peer
pend pending per percent percentage perform performance perhaps period permanent permission permit persist persistent phase physical
pick ping pipe pipeline place plain plan platform play please plugin pod point policy poll pool poor pop populate port portion position positive
possible post potential power pre precede prefer prefix premature prepare presence present preserve press pressure prevent
previous primary principal print prior priority private privilege probably probe problem procedure proceed process processor produce producer product profile
program progress project promote prompt proper property protect protocol prove provide provider provision proxy public publish pull pulse purge purpose push
put quality quarantine query question queue quick quiet quit quorum quota race raise random range rare rate rather ratio raw
reach react read readiness ready real reason rebalance reboot rebuild receive recent recommend reconcile reconnect record recover recovery recreate
recursive recycle red redirect reduce redundant refer reference refresh refuse region register registry regular reject relate relation relative
relay release relevant reliable reload remain remote remove rename render renew rent repair repeat replace replay replica replicate reply report
repository represent request require requirement reroute rescan reserve reset resize resolve resource respect respond response rest restart
restore restrict result resume retain retrieve retry return reuse reverse revert review revision revoke right ring risk role roll rollback
root rotate round route router routine row rule run runtime safe same sample sandbox save say scale scan schedule schema scheme scope score
screen script scroll search second secondary secret section sector secure security see seek seem segment select selector self semaphore send
sender sense sent separate sequence serial serialise serialize serious serve server service session set setting settle setup several severe severity
shard share shared shell shift ship short should show shut shutdown shutting side sign signal signature significant silent similar simple simulate since
single size skew skip sleep slice slot slow small snapshot so socket soft software solution some something soon sort source space span
spawn special specific specify speed spike spill spin split spool spot stable stack stage stale stall standard standby start
state statement static statistic status stay steal step still stop storage store stream strict string strong structure stuck style
subject submit subnet subscribe subscription substitute subsystem subtract succeed success successful such sudden sufficient suggest suite sum
summary supervise supply support suppose suppress surface suspend suspect swap switch symbol sync synchronise synchronize syntax system table tag tail take taken
target task team tell temp temperature template temporary tenant term terminate termination test text than that the their them then there these they
thing this those though thread threshold throttle through throughput throw thrown thus ticket tick time timeline timeout timer timestamp tiny title to together token
told tolerance too took tool top topic topology total touch toward trace track traffic trailing train transaction transfer transform transient
transition translate transmit transport trap traverse tree tried trigger trim true truncate trust try tune tunnel turn twice two type
typical unable unavailable unauthorized uncaught undefined under underlying undo unexpected unhandled unhealthy uninstall unique unit unix unknown unless unlock
unreachable until unused up upcoming update upgrade upload upper upstream uptime urgent url usage use useful user usual utilisation utilization valid validate
validation value variable variant vary vector vendor verbose verify version versus very via video view violate violation virtual virtualization visible visit
vm volume vote wait wake walk want warm warn was watch watchdog watermark way we weak web week weight well went were what when where
whether which while white who whole why wide width wildcard will window wipe wire with within without word work worker workflow workspace world
worst worth would wrap write writer written wrong yellow yes yet yield you your zero zombie zone
acl acpi ami api apt arm arp avg aws azure bash bgp bios cidr cgroup cli cmd conn cors cri csi csv ctx ctrl curl cve dag dhcp dispatcher
dn docker dom dpkg dst eof epoch err eth exe ext fd fifo fs ftp fwd gc gcp get gid git gpu grpc gui hdfs hex html http hv ids idx
iface iops ioctl ip ipc iptables ipv iscsi iso jdbc jdk jit jms jmx jndi jre jvm jwt kb kafka kube kubelet kubernetes kvm lan ldap len linux lru
lvm mac maven mb md mem mgr mib misc mongo mq ms msg mtu mutation mysql nat netty nfs nginx npm ns ntp num numa nvme oauth oci odbc oom ops
orm os osd pem pci pgid php pid pip pki pmd pname postgres ppid proc prod ptr pub pv pvc py python qos qps raid ram rc rdbms redis regex
ref repl req res rest rf rfc rhel rmi rpc rpm rst rsync rtt ruby rx sasl sata scp scsi sd sdk seg sem sha shm sig smb smtp snat snmp
soap spec sql src sse ssd ssh ssl sso stat std stdin stdout stderr str struct sts svc syn sys syslog systemctl systemd tar tcp temp tgt tid tls
tmp tmpfs ttl tty tx txn ubuntu udp uid uri usb utc utf util uuid veth vg vip vlan vnc vpn wal wan webhook websocket wsgi xfs xml yaml yarn zk
january february march april may june july august september october november december jan feb mar apr jun jul aug sep oct nov dec
monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
debug trace warning fatal severe crit emerg alert notice verbose head options trace patch put delete get post
java javax org com net io lang apache hadoop spark spring boot hibernate tomcat jetty catalina servlet bean junit mockito google golang microsoft windows
nova neutron cinder glance keystone swift libvirt qemu openstack compute conductor scheduler django flask celery gunicorn rails nodejs express react webpack typescript javascript
illegalargument nullpointer nullpointerexception traceback segfault sigsegv sigkill sigterm enoent eacces econnrefused econnreset etimedout enospc enomem epipe eaddrinuse
`;

const words: ReadonlySet<string> = new Set(list.trim().split(/\s+/));

const endings: readonly (readonly [string, readonly string[]])[] = [
  ['ies', ['y']],
  ['ied', ['y']],
  ['ing', ['', 'e']],
  ['ings', ['', 'e']],
  ['ed', ['', 'e']],
  ['es', ['', 'e']],
  ['s', ['']],
  ['er', ['', 'e']],
  ['ers', ['', 'e']],
  ['or', ['', 'e']],
  ['ors', ['', 'e']],
  ['ly', ['', 'le']],
  ['able', ['', 'e']],
  ['ible', ['', 'e']],
  ['ion', ['', 'e']],
  ['ions', ['', 'e']],
  ['ation', ['', 'e']],
  ['ment', ['']],
  ['ments', ['']],
  ['ness', ['']],
  ['less', ['']],
  ['n', ['']],
  ['al', ['', 'e']],
];
const beginnings = [
  'un',
  're',
  'non',
  'pre',
  'de',
  'dis',
  'auto',
  'sub',
  'multi',
  'over',
  'mis',
  'in',
];

/** Whether a word of letters is common. */
export function isCommonWord(word: string): boolean {
  const lower = word.toLowerCase();
  if (hasStem(lower)) return true;
  return beginnings.some(
    (beginning) =>
      lower.length > beginning.length + 2 &&
      lower.startsWith(beginning) &&
      hasStem(lower.slice(beginning.length)),
  );
}

function hasStem(word: string): boolean {
  if (words.has(word)) return true;
  for (const [ending, replacements] of endings) {
    if (!word.endsWith(ending) || word.length < ending.length + 3) continue;
    const stem = word.slice(0, -ending.length);
    if (replacements.some((replacement) => words.has(stem + replacement))) return true;
    // Doubled letters: `stopped`, `running`.
    if (stem.at(-1) === stem.at(-2) && words.has(stem.slice(0, -1))) return true;
  }
  return false;
}
