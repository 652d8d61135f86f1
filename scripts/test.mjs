// `npm test`: formatting, lint, types, the build, then every test; ARGUMENTS go to vitest. All of it runs even where
// an early step fails, so that one run tells everything. The last line is `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(path.join(tmpdir(), 'keyhole-test-'));
const results = path.join(scratch, 'results.json');
const skippedPeers = path.join(scratch, 'skipped-peers');

const failedSteps = [
  step('format and lint', 'biome', ['check', '--error-on-warnings', '.']),
  step('types', 'tsc', ['--noEmit']),
  step('build', process.execPath, [path.join(root, 'scripts/build.mjs')]),
  step('tests', 'vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...process.argv.slice(2),
  ]),
].flat();

const tally = readTally();
reportSkippedPeers();
if (failedSteps.length > 0) console.log(`\nnot passed: ${failedSteps.join(', ')}`);
rmSync(scratch, { recursive: true, force: true });
console.log(`\n${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
process.exitCode = failedSteps.length > 0 || tally.failed > 0 || tally.passed === 0 ? 1 : 0;

function step(name, command, commandArguments) {
  const { status } = spawnSync(command, commandArguments, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, KEYHOLE_SKIPPED_PEERS_FILE: skippedPeers },
  });
  return status === 0 ? [] : [name];
}

/** A test file that could not even be loaded has no tests to count; it counts as one failure. */
function readTally() {
  if (!existsSync(results)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(results, 'utf8'));
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function reportSkippedPeers() {
  if (!existsSync(skippedPeers)) return;
  const lines = [...new Set(readFileSync(skippedPeers, 'utf8').trim().split('\n'))].sort();
  console.log(`\n${lines.length} groups of tests skipped, because these programs are not installed:`);
  for (const line of lines) console.log(`  ${line}`);
}
