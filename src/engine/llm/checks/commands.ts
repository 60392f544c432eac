/** Commands that take away or replace what cannot be brought back, or run what was never read. */
const destructive: readonly RegExp[] = [
  /\brm\s+(?:-{1,2}[\w-]+\s+){0,4}-{0,2}[\w-]*[rf]/i,
  /\b(?:mkfs|wipefs|shred|fdisk|parted)\b/i,
  /\bdd\s+(?:\S+\s+){0,4}of=/i,
  /\b(?:curl|wget|fetch|iwr|invoke-webrequest)\b[^|]{0,200}\|\s{0,3}(?:sudo\s+)?(?:ba|z|k|da)?sh\b/i,
  /\b(?:ba|z|da)?sh\s+(?:-c\s+)?["'<(]{0,3}\$?\(?\s{0,2}(?:curl|wget)\b/i,
  /\bdrop\s+(?:table|database|schema|keyspace|index)\b/i,
  /\btruncate\s+table\b/i,
  /\bdelete\s+from\s+\S+\s{0,3}(?:;|$)/i,
  /\b(?:format\s+[a-z]:|del\s+\/[sfq])/i,
  /\bchmod\s+(?:-\S+\s+){0,2}(?:0?777|a\+rwx)\b/i,
  /\bgit\s+(?:push\s+(?:\S+\s+){0,3}(?:-f\b|--force)|reset\s+--hard|clean\s+-\S*f)/i,
  /\bkubectl\s+delete\s+(?:ns|namespace|pv|pvc|crd|all)\b/i,
  /\b(?:namenode|hdfs)\s+\S{0,20}\s?-format\b/i,
  /\b(?:iptables\s+-F|setenforce\s+0|ufw\s+disable)\b/i,
  /\b(?:shutdown|poweroff|halt|init\s+0)\b\s+(?:-|now)/i,
  /\b(?:eval|exec|base64\s+-d)\b[^\n]{0,80}\|\s{0,3}(?:ba|z|da)?sh\b/i,
  /\bauthorized_keys\b|\/etc\/(?:shadow|sudoers)\b/i,
];

/** Commands and actions that change a running system. */
const changing: readonly RegExp[] = [
  /\b(?:sudo\s+)?(?:systemctl|service|rc-service)\s+(?:\S+\s+)?(?:restart|stop|start|reload|enable|disable|mask)\b/i,
  /\bkubectl\s+(?:-n\s+\S+\s+)?(?:delete|apply|patch|edit|scale|rollout|drain|cordon|replace|set|exec)\b/i,
  /\b(?:docker|podman)\s+(?:compose\s+)?(?:rm|rmi|stop|kill|restart|up|down|run|exec|system\s+prune|volume\s+rm)\b/i,
  /\b(?:kill|killall|pkill)\s+(?:-\S+\s+)?\S/i,
  /\b(?:apt|apt-get|yum|dnf|apk|brew|npm|pip3?|gem|cargo)\s+(?:install|remove|upgrade|update|uninstall|purge)\b/i,
  /\b(?:rm|mv|chmod|chown|truncate|sysctl\s+-w|mount|umount|swapoff|swapon|sed\s+-i|tee|reboot|useradd|usermod|passwd)\s+\S/,
  /\b(?:alter|update|insert|delete|create|grant|revoke|vacuum|reindex)\s+(?:table|system|user|role|from|into|index|database|all|\S+\s+set)\b/i,
  /\b(?:git\s+(?:push|reset|checkout|revert)|helm\s+(?:upgrade|rollback|uninstall|install)|terraform\s+(?:apply|destroy))\b/i,
  /\b(?:redis-cli|flushall|flushdb|config\s+set)\b/i,
];

/** What a recommended action would do if it were run: nothing, change the system, or destroy something. */
export function effectOf(action: string): 'none' | 'changes' | 'destroys' {
  const text = action.slice(0, 4000);
  if (destructive.some((pattern) => pattern.test(text))) return 'destroys';
  return changing.some((pattern) => pattern.test(text)) ? 'changes' : 'none';
}
