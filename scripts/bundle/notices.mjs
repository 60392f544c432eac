// Licences of everything that is bundled: most of them ask to travel with the code.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const packageFolder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/**
 * Folders of the packages that the bundles took code from.
 * @param {readonly string[]} inputs Paths relative to the root, as in a metafile.
 */
export function bundledPackages(inputs) {
  const folders = new Set();
  for (const input of inputs) {
    const folder = packageFolder.exec(input)?.[1];
    if (folder !== undefined) folders.add(folder);
  }
  return [...folders].sort();
}

/**
 * The text of dist/ThirdPartyNotices.txt.
 * @param {string} root
 * @param {readonly string[]} folders
 * @throws Error when a package names no licence: it may not be shipped then.
 */
export function thirdPartyNotices(root, folders) {
  const notices = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(
      readFileSync(join(root, folder, 'package.json'), 'utf8'),
    );
    if (typeof license !== 'string') throw new Error(`${folder} names no licence.`);
    const texts = readdirSync(join(root, folder))
      .filter((file) => /^(licen[cs]e|notice|copying|thirdpartynotices)/i.test(file))
      .sort()
      .map((file) => readFileSync(join(root, folder, file), 'utf8').trim());
    notices.set(`${name} ${version}`, [`${name} ${version} (${license})`, ...texts].join('\n\n'));
  }
  const { models } = JSON.parse(readFileSync(join(root, 'models', 'manifest.json'), 'utf8'));
  for (const { id, licence, source } of models) {
    const where = `${source}\n\nThe text of this licence stands under @huggingface/transformers.`;
    notices.set(id, `${id}, model weights (${licence})\n\n${where}`);
  }
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  const preface = 'Faultline contains code of the following packages, under their own licences.';
  return `${[preface, ...notices.values()].join(rule)}\n`;
}
