import { matchesSelector } from './objectSelector';

const labels = { app: 'web', tier: 'front' };
const expression = (key: string, operator: string, ...values: string[]) => ({
  matchExpressions: [{ key, operator, values }],
});

// Source: Kubernetes documentation, "Labels and Selectors".
describe('the selector of an object', () => {
  it.each([
    ['none selects nothing', undefined, false],
    ['an empty one selects everything', {}, true],
    ['all labels have to match', { matchLabels: labels }, true],
    [
      'one that does not is enough',
      { matchLabels: { app: 'web', tier: 'back' } },
      false,
    ],
    ['In takes one of the values', expression('app', 'In', 'api', 'web'), true],
    ['In needs the label', expression('zone', 'In', 'a'), false],
    [
      'NotIn takes none of the values',
      expression('app', 'NotIn', 'web'),
      false,
    ],
    [
      'NotIn takes the lack of the label',
      expression('zone', 'NotIn', 'a'),
      true,
    ],
    ['Exists takes any value', expression('app', 'Exists'), true],
    ['Exists needs the label', expression('zone', 'Exists'), false],
    [
      'what is inherited is no label',
      expression('constructor', 'Exists'),
      false,
    ],
    ['DoesNotExist is its opposite', expression('app', 'DoesNotExist'), false],
    ['DoesNotExist takes the lack', expression('zone', 'DoesNotExist'), true],
    [
      'what nobody knows selects nothing',
      expression('app', 'Like', 'w'),
      false,
    ],
    [
      'labels and expressions have to match',
      { matchLabels: { app: 'web' }, ...expression('tier', 'In', 'back') },
      false,
    ],
  ])('%s', (_, selector, matches) => {
    expect(matchesSelector(selector, labels)).toBe(matches);
  });
});
