import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { runKeyhole } from './support/run-keyhole.ts';

/** A directory without git, in which so many names are no UTF-8. */
function directoryWith(bad: number): string {
  const root = temporaryDirectory();
  writeFileSync(`${root}/good.age`, 'age');
  for (let index = 0; index < bad; index += 1) {
    writeFileSync(
      Buffer.concat([Buffer.from(`${root}/${index}-`), Buffer.from([0xff]), Buffer.from('.age')]),
      '',
    );
  }
  return root;
}

const told = (stderr: string) => stderr.split('\n').filter((line) => line.includes('UTF-8'));

test('of many problems of one kind the first few are told, and JSON has them all', () => {
  const root = directoryWith(30);
  for (const command of [['list'], ['list', '--json'], ['matrix']]) {
    const ran = runKeyhole(command, { home: root });
    expect(told(ran.stderr)).toHaveLength(5);
    expect(ran.stderr).toContain('keyhole: and 25 more of the same kind; keyhole list --json has them all\n');
  }
  const { problems } = JSON.parse(runKeyhole(['list', '--json'], { home: root }).text);
  expect(problems.filter(({ says }: { says: string }) => says.includes('UTF-8'))).toHaveLength(30);
});

test('a few are told one by one', () => {
  const ran = runKeyhole(['list'], { home: directoryWith(6) });
  expect(told(ran.stderr)).toHaveLength(6);
  expect(ran.stderr).not.toContain('more of the same kind');
});
