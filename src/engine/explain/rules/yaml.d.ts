/** A rule file: the bundler reads and checks it, and gives a `RuleFamily` (scripts/bundle/rules.mjs). */
declare module '*.yaml' {
  const family: unknown;
  export default family;
}
