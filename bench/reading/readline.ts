/** What Node itself has for reading lines: counts those that hold a text. Usage: readline.mjs FILE TEXT */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const [, , path = '', wanted = ''] = process.argv;
let found = 0;
for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
  if (line.includes(wanted)) found += 1;
}
process.stdout.write(`${found}\n`);
