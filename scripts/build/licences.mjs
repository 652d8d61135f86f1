// The licence texts of every package whose code is in the bundle: a bundle is a copy, and their terms ask for it.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const packageOf = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** @param {string} root @param {readonly string[]} inputs paths of the bundled files, relative to root */
export async function collectLicences(root, inputs) {
  const directories = new Set(inputs.flatMap((input) => packageOf.exec(input)?.[1] ?? []));
  const sections = await Promise.all(
    [...directories].map((directory) => section(path.join(root, directory))),
  );
  const intro = 'keyhole is bundled with the packages below. Their licences follow.\n';
  return [intro, ...sections.sort()].join(`\n${'-'.repeat(78)}\n`);
}

async function section(directory) {
  const manifest = JSON.parse(await readFile(path.join(directory, 'package.json'), 'utf8'));
  const names = (await readdir(directory))
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    .sort();
  const texts = await Promise.all(names.map((name) => readFile(path.join(directory, name), 'utf8')));
  const author = typeof manifest.author === 'string' ? manifest.author : manifest.author?.name;
  const body =
    texts.length > 0 ? texts.map((text) => text.trim()).join('\n\n') : `By ${author ?? 'its authors'}.`;
  return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${body}\n`;
}
