// Child process of incidentLog.test.ts: saves incidents until it is killed and names each one that
// was acknowledged. Arguments: the bundle of the store, the folder, a prefix, how many.
const [, , bundle, dir, prefix, count] = process.argv;
const { openStore, incidentOf } = await import(bundle);
const store = openStore(dir);
for (let index = 0; index < Number(count); index += 1) {
  const id = `${prefix}${index}`;
  await store.save(incidentOf({ id }));
  await store.search({ text: 'pool', templates: [], exceptions: [], components: [] }, 1);
  process.stdout.write(`${id}\n`);
}
