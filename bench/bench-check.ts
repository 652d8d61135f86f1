import path from 'node:path';
import { generateManyReaders } from './many-readers.ts';
import { medians, timeProcess } from './measure.ts';
import type { Row } from './report.ts';
import { bundled, node, options, scratch } from './workbench.ts';

/** `check` beyond the start of a process, and how it grows with the repository. */
export async function benchCheck(rounds: number): Promise<readonly Row[]> {
  const [hundred, thousand, tenThousand] = await Promise.all(
    [100, 1000, 10_000].map((count) => generateManyReaders(path.join(scratch, `check-${count}`), count)),
  );
  const check = (root = '') => timeProcess(node([...options, bundled('keyhole'), 'check', '-C', root]));
  const times = medians(rounds, {
    bare: () => timeProcess(node(['-e', '0'])),
    hundred: () => check(hundred),
    thousand: () => check(thousand),
    tenThousand: () => check(tenThousand),
  });
  const beyond = (time: number) => time - times.bare;
  const tenTimes = (what: string, many: number, few: number): Row => ({
    what,
    ours: beyond(many),
    against: 'ten times a tenth of it',
    theirs: 10 * beyond(few),
    limit: 1,
  });
  return [
    { what: 'check, 1,000 files × 100 readers, beyond start', ours: beyond(times.thousand), limit: 300 },
    tenTimes('check, 1,000 files × 100 readers', times.thousand, times.hundred),
    tenTimes('check, 10,000 files × 100 readers', times.tenThousand, times.thousand),
  ];
}
