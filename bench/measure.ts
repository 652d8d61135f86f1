import { spawnSync } from 'node:child_process';
import { cpus, release, totalmem } from 'node:os';

/** Runs every workload once a round, in turn, so that a noisy moment hits all of them; returns their medians. */
export function medians<Name extends string>(
  rounds: number,
  workloads: Record<Name, () => number>,
): Record<Name, number> {
  const names = Object.keys(workloads) as Name[];
  const samples = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (const name of names) workloads[name](); // Warms the file cache.
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) samples.get(name)?.push(workloads[name]());
  }
  return Object.fromEntries(names.map((name) => [name, median(samples.get(name) ?? [])])) as Record<
    Name,
    number
  >;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export interface Command {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Wall-clock milliseconds of a whole process. A workload that fails has no time: it throws. */
export function timeProcess(command: Command): number {
  const started = process.hrtime.bigint();
  const { status, error, stderr } = spawnSync(command.program, command.arguments, {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(command.cwd && { cwd: command.cwd }),
    env: command.env ?? process.env,
    encoding: 'utf8',
  });
  const elapsed = Number(process.hrtime.bigint() - started) / 1e6;
  if (error || status !== 0) {
    throw new Error(
      `${command.program} ${command.arguments.join(' ')}: ${error?.message ?? `${status} ${stderr}`}`,
    );
  }
  return elapsed;
}

export function hasProgram(program: string, ...probe: readonly string[]): boolean {
  return spawnSync(program, probe, { stdio: 'ignore' }).error === undefined;
}

export function describeMachine(): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${processors.length} × ${processors[0]?.model.trim()}, ${memory} GiB, ${process.platform} ${release()}, Node ${process.version}`;
}
