import { Schema } from '../schema';
import { CelRules } from './celRules';
import { validateRules } from './validateRules';

const cel = new CelRules();
const whole: Schema = { type: 'integer' };

function refusals(spec: Schema, value: unknown, before?: unknown): string[] {
  const schema: Schema = { type: 'object', properties: { spec } };
  return validateRules(
    schema,
    { spec: value },
    before === undefined ? undefined : { spec: before },
    () => undefined,
    cel,
  ).map(({ field, message }) => `${field}: ${message}`);
}

const range: Schema = {
  type: 'object',
  properties: {
    min: whole,
    max: whole,
    'dash-ed': whole,
    ratio: { type: 'number' },
  },
  'x-kubernetes-validations': [
    {
      rule: '!has(self.min) || !has(self.max) || self.min <= self.max',
      message: 'min is at most max',
    },
  ],
};

describe('rules of custom resources', () => {
  it('are said in the words of the API server', () => {
    expect(refusals(range, { min: 1, max: 2 })).toEqual([]);
    expect(refusals(range, { min: 1 })).toEqual([]);
    expect(refusals(range, { min: 3, max: 2 })).toEqual([
      'spec: Invalid value: "object": min is at most max',
    ]);
  });

  it('may say where, why, and their message by an expression', () => {
    const rule = {
      rule: 'self.ratio < 1.0',
      message: 'below one',
      messageExpression: '"ratio is " + string(self.ratio)',
      fieldPath: '.ratio',
      reason: 'FieldValueForbidden',
    };

    expect(
      refusals(
        { ...range, 'x-kubernetes-validations': [rule] },
        { ratio: 1.5 },
      ),
    ).toEqual(['spec.ratio: Forbidden: ratio is 1.5']);
  });

  it('see names that are no identifiers, and say when a field is missing', () => {
    const rules = (rule: string): Schema => ({
      ...range,
      'x-kubernetes-validations': [{ rule }],
    });

    expect(
      refusals(rules('self.dash__dash__ed == 3'), { 'dash-ed': 3 }),
    ).toEqual([]);
    expect(refusals(rules('self.max > 1'), {})).toEqual([
      'spec: Invalid value: "object": No such key: max evaluating rule: failed rule: self.max > 1',
    ]);
  });

  it('about the old value are about changes, in lists by their keys', () => {
    const list: Schema = {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: {
        type: 'object',
        properties: { name: { type: 'string' }, size: whole },
        'x-kubernetes-validations': [
          { rule: 'self.size >= oldSelf.size', message: 'only grows' },
        ],
      },
    };
    const before = [
      { name: 'a', size: 2 },
      { name: 'b', size: 2 },
    ];

    expect(refusals(list, [{ name: 'a', size: 1 }])).toEqual([]);
    expect(
      refusals(
        list,
        [
          { name: 'b', size: 3 },
          { name: 'a', size: 1 },
          { name: 'c', size: 0 },
        ],
        before,
      ),
    ).toEqual(['spec[1]: Invalid value: "object": only grows']);
  });

  it('are not held against what an update leaves as it was', () => {
    const wrong = { min: 3, max: 2 };

    expect(refusals(range, wrong, wrong)).toEqual([]);
    expect(refusals(range, { min: 4, max: 2 }, wrong)).toHaveLength(1);
  });

  it('hold when they say what is not understood', () => {
    for (const rule of ['quantity(self) > 1', 'self.isSorted()', 'self >']) {
      expect(
        refusals(
          { type: 'string', 'x-kubernetes-validations': [{ rule }] },
          'x',
        ),
      ).toEqual([]);
    }
  });
});
