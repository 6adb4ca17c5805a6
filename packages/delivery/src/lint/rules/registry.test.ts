import { lint } from '../lint';
import { EXAMPLES } from '../testing/examples';
import { GOOD } from '../testing/manifests';
import { ALL_RULES, RULES } from './registry';

describe('the rules', () => {
  it('are at least forty, each with an id of its own', () => {
    const ids = ALL_RULES.map(each => each.id);

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(40);
    expect(ids.filter(id => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
  });

  it('have an example each', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(
      RULES.map(each => each.id).sort(),
    );
  });

  it('find nothing in manifests that are as they should be', () => {
    expect(lint([{ file: 'good.yaml', text: GOOD }]).findings).toEqual([]);
  });

  it.each(Object.entries(EXAMPLES))('%s is found where it is', (rule, text) => {
    const { findings } = lint([{ file: 'bad.yaml', text }]);
    const found = findings.filter(each => each.rule === rule);
    const wanted = text
      .split('\n')
      .flatMap((line, i) => (line.includes('# here') ? [i + 1] : []));

    expect(found.length).toBeGreaterThan(0);
    expect(found.every(each => each.message && each.fix)).toBe(true);
    expect(found.map(each => each.line)).toEqual(wanted);
  });
});
