import { render } from 'ink-testing-library';
import { describe, expect, test } from 'vitest';
import type { SecretRef } from '../../src/app/session.ts';
import { ok } from '../../src/core/outcome.ts';
import { createDraft } from '../../src/ui/editor/draft.ts';
import { chooseGlyphs } from '../../src/ui/glyphs.ts';
import { createPen } from '../../src/ui/pen.ts';
import { Linear } from '../../src/ui/screens/linear.tsx';
import { initialModel } from '../../src/ui/state/initial-model.ts';
import type { Model } from '../../src/ui/state/model.ts';
import { createTheme } from '../../src/ui/theme.ts';
import { fakeRepository } from './support/fake-session.ts';
import { sample } from './support/sample.ts';

const pen = createPen(createTheme(true), chooseGlyphs(false, { LANG: 'en_US.UTF-8' }));
const lend = { lend: <T,>(_: SecretRef, use: (bytes: Uint8Array) => T) => ok(use(Buffer.from('the value'))) };

/** What is read out, so many seconds before the value is masked and the clipboard cleared. */
function readOut(secondsLeft: number): string {
  const model: Model = {
    ...initialModel(fakeRepository(sample), { columns: 80, rows: 24 }, 0),
    revealed: {
      ref: 'ref' as SecretRef,
      isBinary: false,
      top: 0,
      shape: null,
      maskAt: secondsLeft * 1000,
    },
    clipboardClearsAt: secondsLeft * 1000,
  };
  return (
    render(<Linear model={model} pen={pen} session={lend} draft={createDraft(String)} />).lastFrame() ?? ''
  );
}

describe('a countdown for a screen reader', () => {
  test('is silent until ten seconds are left, and says so once', () => {
    expect(readOut(30)).toContain('the value');
    expect(readOut(30)).not.toMatch(/second|masked again/);
    for (let left = 29; left > 10; left -= 1) expect(readOut(left)).toBe(readOut(30));
    expect(readOut(10)).toContain('masked again in 10 seconds');
    expect(readOut(10)).toContain('the clipboard clears in 10 seconds');
    for (let left = 9; left > 0; left -= 1) expect(readOut(left)).toBe(readOut(10));
  });
});
