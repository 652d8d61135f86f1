import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

const entry = path.join(import.meta.dirname, 'support/clear-helper-entry.ts');
const desktop = { route: 'desktop', content: { salt: '00', hash: '00' } };

it.each([
  ['no plan', ''],
  ['rubble', 'not json\n'],
  ['a plan of another shape', '{"seconds":"1"}\n{"x":1}\n'],
  ['null', 'null\n'],
])('the clearing helper goes quietly when it gets %s', (_, input) => {
  const helper = spawnSync(process.execPath, [entry], { input, encoding: 'utf8', timeout: 20_000 });
  expect([helper.status, helper.stdout, helper.stderr]).toEqual([0, '', '']);
});

it('touches nothing when a newer copy took over', () => {
  const input = `${JSON.stringify({ seconds: 60, target: desktop })}\ncancel\n`;
  const helper = spawnSync(process.execPath, [entry], { input, encoding: 'utf8', timeout: 20_000 });
  expect([helper.status, helper.stdout]).toEqual([0, 'ready\n']);
});

it('says that it could not clear when the desktop is gone', () => {
  const input = `${JSON.stringify({ seconds: 60, target: desktop })}\nclear\n`;
  const env = { PATH: '/nonexistent', HOME: '/nonexistent' };
  const helper = spawnSync(process.execPath, [entry], { input, env, encoding: 'utf8', timeout: 20_000 });
  expect(helper.stdout).toContain('"result":"failed"');
});
