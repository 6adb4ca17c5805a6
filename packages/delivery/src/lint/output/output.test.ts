import { lint } from '../lint';
import { ALL_RULES } from '../rules/registry';
import { EXAMPLES } from '../testing/examples';
import { canary } from '../testing/manifests';
import { lintSarif } from './sarif';
import { lintText } from './text';

describe('the text', () => {
  const sources = [
    {
      file: 'shop.yaml',
      text: canary('- setWeight: 50\n- pause: {}', 'replicas: 2').replace(
        'shop:1.2.3',
        'shop:latest # rollouts-lint-ignore image-tag-moves: a demo',
      ),
    },
  ];

  it('shows each finding with its line, and sums up', () => {
    expect(
      lintText(
        lint(sources, { 'no-analysis': 'off', 'first-weight-high': 'off' }),
        sources,
      ),
    ).toMatchInlineSnapshot(`
     "shop.yaml:21:11  warning  indefinite-pause-last
       The last step waits until somebody promotes.
       21 │         - pause: {}
          │           ^^^^^
       → Give the last pause a duration, or decide by an analysis.

     1 file, 1 object, 1 rollout: 0 errors, 1 warning, 0 notes, 1 silenced
     "
    `);
  });

  it('has colours when asked for', () => {
    expect(lintText(lint(sources), sources, { colour: true })).toContain(
      '\u001b[33mwarning',
    );
  });
});

describe('SARIF', () => {
  const sources = Object.entries(EXAMPLES).map(([rule, text]) => ({
    file: `some folder/${rule}.yaml`,
    text,
  }));
  const [run] = JSON.parse(lintSarif(lint(sources))).runs;

  it('describes every rule', () => {
    expect(
      run.tool.driver.rules.map((each: { id: string }) => each.id),
    ).toEqual(ALL_RULES.map(each => each.id));
  });

  it('has results that GitHub takes', () => {
    const { rules } = run.tool.driver;

    expect(run.results.length).toBeGreaterThan(100);
    for (const result of run.results) {
      const [{ physicalLocation }] = result.locations;
      expect(rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(result.message.text).toBeTruthy();
      expect(['error', 'warning', 'note']).toContain(result.level);
      expect(physicalLocation.artifactLocation.uri).toMatch(/^some%20folder\//);
      const { startLine, startColumn, endLine, endColumn } =
        physicalLocation.region;
      expect(startLine).toBeGreaterThanOrEqual(1);
      expect(startColumn).toBeGreaterThanOrEqual(1);
      expect(endLine > startLine || endColumn > startColumn).toBe(true);
    }
  });

  it('keeps what is silenced, with the reason', () => {
    const text = EXAMPLES['image-tag-moves']?.replace(
      '# here',
      '# rollouts-lint-ignore image-tag-moves: a demo',
    );
    const log = JSON.parse(
      lintSarif(lint([{ file: 'a.yaml', text: text ?? '' }])),
    );

    expect(log.runs[0].results).toContainEqual(
      expect.objectContaining({
        ruleId: 'image-tag-moves',
        suppressions: [{ kind: 'inSource', justification: 'a demo' }],
      }),
    );
  });
});
