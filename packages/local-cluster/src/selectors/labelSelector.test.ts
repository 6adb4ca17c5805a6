import { parseLabelSelector } from './labelSelector';

const OBJECTS = {
  web: { app: 'web', tier: 'front', 'example.com/size': '7' },
  api: { app: 'api', tier: 'back', 'example.com/size': 'large' },
  old: { app: 'web', old: '' },
  bare: undefined,
};

/** Names of the objects that a selector selects. */
function selected(text: string | undefined): string {
  const matches = parseLabelSelector(text);
  return Object.entries(OBJECTS)
    .filter(([, labels]) => matches(labels))
    .map(([name]) => name)
    .join(' ');
}

// Source: Kubernetes documentation, "Labels and Selectors".
describe('a label selector', () => {
  it.each([
    ['nothing at all, which selects everything', undefined, 'web api old bare'],
    ['blanks', ' ', 'web api old bare'],
    ['a value', 'app=web', 'web old'],
    ['a value, with two signs', 'app == web', 'web old'],
    ['another value, or no such label', 'tier!=front', 'api old bare'],
    ['an empty value, which is not the lack of one', 'old=', 'old'],
    ['one of some values', 'app in (db, web)', 'web old'],
    [
      'none of some values, or no such label',
      'tier notin (front,db)',
      'api old bare',
    ],
    ['a label, whatever its value', 'old', 'old'],
    ['the lack of a label', '!tier', 'old bare'],
    ['a number that is greater', 'example.com/size>6', 'web'],
    ['a number that is less', 'example.com/size<8', 'web'],
    ['a number that is no less than itself', 'example.com/size<7', ''],
    [
      'several of these, which all have to hold',
      'app=web, tier in (front,back)',
      'web',
    ],
    ['a label by the name of something that is inherited', 'constructor', ''],
  ])('can ask for %s', (_, text, names) => {
    expect(selected(text)).toBe(names);
  });

  it.each(['app=web,', 'app in web', 'app=a b', '(app)', 'app=>1'])(
    'is refused when it reads %j',
    text => {
      expect(() => parseLabelSelector(text)).toThrow(
        expect.objectContaining({
          code: 400,
          message: expect.stringContaining('unable to parse requirement'),
        }),
      );
    },
  );
});
