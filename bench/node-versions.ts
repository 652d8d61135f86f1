// Which Node to pin: the same bundle on each major version, on this machine, in one run.
// `node bench/node-versions.ts [VERSION…]`; npm installs the versions into a temporary directory.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createDemo } from '../src/app/demo/create-demo.ts';
import { generateRepository } from './generate-repository.ts';
import { describeMachine, median, medians, percentile, timeProcess } from './measure.ts';
import { bundled, node, openUi, scratch } from './workbench.ts';

const versions = process.argv.length > 2 ? process.argv.slice(2) : ['22', '24', '26'];
const demo = await createDemo(path.join(scratch, 'demo'));
if (!demo.ok) throw new Error(demo.error.says);
const { repository, identityFile } = demo.value;
const shape = { secrets: 1000, hosts: 4, readersEach: 0, size: 200, identity: 'x25519' } as const;
const thousand = await generateRepository(path.join(scratch, 'thousand'), shape);

const programs = new Map(versions.map((version) => [version, installNode(version)]));
const workloads: Record<string, () => number> = {};
for (const [version, program] of programs) {
  const time = (...commandArguments: string[]) => timeProcess(node(commandArguments, program));
  workloads[`${version} start`] = () => time('-e', '0');
  workloads[`${version} list`] = () => time(bundled('keyhole'), 'list', '--json', '-C', repository);
  workloads[`${version} frame`] = () =>
    openUi(repository, identityFile, { program }).firstFrameMs ?? Number.NaN;
  workloads[`${version} decrypt`] = () =>
    time(bundled('decrypt-all'), thousand.root, thousand.identityFile, '1000');
}
const times = medians(15, workloads);

console.log(`machine: ${describeMachine()}`);
console.log(
  '| Node | `-e 0` | list --json | first frame | frame ÷ start | key → frame p50 / p95 | 1,000 decrypts | peak |',
);
console.log('|---|---|---|---|---|---|---|---|');
for (const [version, program] of programs) {
  const keys = openUi(repository, identityFile, { program, keys: [...'j'.repeat(60)] });
  const frames = keys.keys.map(({ ms }) => ms ?? Number.POSITIVE_INFINITY);
  const of = (name: string) => times[`${version} ${name}`] ?? Number.NaN;
  const cells = [
    execFileSync(program, ['--version'], { encoding: 'utf8' }).trim().slice(1),
    `${of('start').toFixed(1)} ms`,
    `${of('list').toFixed(1)} ms`,
    `${of('frame').toFixed(1)} ms`,
    (of('frame') / of('start')).toFixed(2),
    `${median(frames).toFixed(1)} / ${percentile(frames, 0.95).toFixed(1)} ms`,
    `${of('decrypt').toFixed(0)} ms`,
    `${(keys.peakKiB / 1024).toFixed(0)} MB`,
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

function installNode(version: string): string {
  const directory = path.join(scratch, `node-${version}`);
  mkdirSync(directory);
  execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', directory, `node@${version}`], {
    stdio: 'inherit',
  });
  return path.join(directory, 'node_modules/.bin/node');
}
