import { describe, expect, test } from 'vitest';
import { commandTable } from '../../src/cli/command-table.ts';
import { manPage } from '../../src/cli/documents/man-page.ts';
import { exitStatuses } from '../../src/cli/help/exit-statuses.ts';
import { outputs } from '../../src/cli/schema/outputs.ts';
import { errorCodes } from '../../src/core/error-codes.ts';

const generator: string = '../../scripts/docs.mjs';
const { generateDocs, staleDocs } = (await import(generator)) as {
  generateDocs: () => Promise<Map<string, string>>;
  staleDocs: () => Promise<string[]>;
};

describe('docs/', () => {
  test('says what the program says: run node scripts/docs.mjs when this fails', async () => {
    expect(await staleDocs()).toEqual([]);
  });

  test('explains every command that is not for programs only', async () => {
    const page = (await generateDocs()).get('commands.md') ?? '';
    for (const command of commandTable) {
      expect(page.includes(`## keyhole ${command.name}\n`)).toBe(!('hidden' in command));
    }
  });

  test('lists every exit status', async () => {
    const page = (await generateDocs()).get('exit-codes.md') ?? '';
    for (const code of Object.keys(errorCodes)) expect(page).toContain(`\`${code}\``);
    expect(exitStatuses().map(({ exit }) => exit)).toEqual(
      exitStatuses()
        .map(({ exit }) => exit)
        .sort((one, other) => one - other),
    );
  });

  test('has a JSON Schema of every output', async () => {
    const docs = await generateDocs();
    for (const name of ['error', ...Object.keys(outputs)]) {
      const schema: unknown = JSON.parse(docs.get(`schema/${name}.json`) ?? '');
      expect(schema).toMatchObject({
        type: 'object',
        properties: { schema: { const: 1 } },
        additionalProperties: false,
      });
    }
  });
});

describe('the man page', () => {
  test('lets no line of ours become a roff request', () => {
    const requests = manPage('1.0')
      .split('\n')
      .filter((line) => /^[.']/.test(line))
      .map((line) => line.slice(0, 3).trim());
    expect([...new Set(requests)].sort()).toEqual([
      '.B',
      '.BR',
      '.PP',
      '.SH',
      '.SS',
      '.TH',
      '.TP',
      '.\\"',
      '.br',
      '.fi',
      '.nf',
    ]);
  });
});
