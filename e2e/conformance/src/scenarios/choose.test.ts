import { chooseByName, chooseTenth, isOfReference } from './choose';

const scenarios = ['a', 'b'].flatMap(theme =>
  Array.from({ length: theme === 'a' ? 30 : 4 }, (_, index) => ({
    name: `${theme}/${index}`,
    objects: [],
    acts: [],
  })),
);
const names = (chosen: { name: string }[]) => chosen.map(({ name }) => name);

describe('chooseByName', () => {
  it('takes a theme or one scenario', () => {
    expect(names(chooseByName(scenarios, ['b', 'a/7']))).toEqual([
      'b/0',
      'b/1',
      'b/2',
      'b/3',
      'a/7',
    ]);
  });

  it('refuses a name that nothing has', () => {
    expect(() => chooseByName(scenarios, ['a/', 'c'])).toThrow('No scenario');
  });
});

describe('chooseTenth', () => {
  it('takes a tenth, and of each theme at least one', () => {
    const chosen = names(chooseTenth(scenarios, 'commit'));
    expect(chosen.filter(name => name.startsWith('a/'))).toHaveLength(3);
    expect(chosen.filter(name => name.startsWith('b/'))).toHaveLength(1);
  });

  it('takes the same for one commit, others for another one', () => {
    const first = names(chooseTenth(scenarios, 'one'));
    expect(names(chooseTenth(scenarios, 'one'))).toEqual(first);
    expect(names(chooseTenth(scenarios, 'two'))).not.toEqual(first);
  });
});

describe('isOfReference', () => {
  it('is every scenario but those that are held beside a documentation', () => {
    const expectation = { like: 'a/0', except: /^b/, shows: {}, source: 'c' };
    expect(isOfReference({})).toBe(true);
    expect(isOfReference({ expectation })).toBe(false);
  });
});
