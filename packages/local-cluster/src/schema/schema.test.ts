import { applyDefaults } from './applyDefaults';
import { list, open, record, text, whole } from './builders';
import { pruneUnknown } from './pruneUnknown';
import { Schema } from './schema';
import { validate } from './validate';

const noTypes = () => undefined;

const schema: Schema = record(
  {
    spec: record(
      {
        name: { ...text, pattern: '^[a-z]+$' },
        weight: { ...whole, minimum: 0, maximum: 100 },
        mode: { ...text, enum: ['a', 'b'], default: 'a' },
        steps: list(record({ weight: whole })),
        template: open,
      },
      ['name'],
    ),
  },
  ['spec'],
);

describe('validate', () => {
  it.each<[string, unknown, string, string]>([
    ['a missing field', {}, 'spec.name', 'Required value'],
    ['a wrong type', { name: 1 }, 'spec.name', 'must be of type string'],
    ['a pattern', { name: 'A' }, 'spec.name', "should match '^[a-z]+$'"],
    ['a bound', { name: 'a', weight: 140 }, 'spec.weight', 'equal to 100'],
    ['an enum', { name: 'a', mode: 'c' }, 'spec.mode', 'supported values'],
    [
      'an item of a list',
      { name: 'a', steps: [{ weight: 1 }, { weight: 'x' }] },
      'spec.steps[1].weight',
      'must be of type integer',
    ],
  ])('names the field for %s', (_, spec, field, message) => {
    const causes = validate(schema, { spec }, noTypes);

    expect(causes).toHaveLength(1);
    expect(causes[0]?.field).toBe(field);
    expect(causes[0]?.message).toContain(message);
  });

  it.each([
    ['^a\\-b$', 'a-b', 0],
    ['^a\\-b$', 'ab', 1],
    ['(?i)^a$', 'b', 0],
  ])('reads the Go pattern %s as far as it can', (pattern, item, wrong) => {
    expect(validate({ ...text, pattern }, item, noTypes)).toHaveLength(wrong);
  });

  it('finds nothing wrong with what is right', () => {
    const spec = { name: 'a', weight: 20, template: { anything: [1] } };

    expect(validate(schema, { spec }, noTypes)).toEqual([]);
  });
});

describe('pruneUnknown', () => {
  it('removes and names unknown fields, but not in open objects', () => {
    const object = {
      apiVersion: 'v1',
      spec: { bogus: 1, steps: [{ wieght: 1 }], template: { kept: true } },
    };

    const unknown = pruneUnknown(schema, object, noTypes);

    expect(unknown).toEqual(['spec.bogus', 'spec.steps[0].wieght']);
    expect(object).toEqual({
      apiVersion: 'v1',
      spec: { steps: [{}], template: { kept: true } },
    });
  });

  it('removes nulls where null means nothing', () => {
    const object = { spec: { name: null } };

    expect(pruneUnknown(schema, object, noTypes)).toEqual([]);
    expect(object.spec).toEqual({});
  });
});

describe('applyDefaults', () => {
  it('fills in what is absent and leaves what is there', () => {
    const absent = { spec: {} };
    const present = { spec: { mode: 'b' } };

    applyDefaults(schema, absent, noTypes);
    applyDefaults(schema, present, noTypes);

    expect(absent.spec).toEqual({ mode: 'a' });
    expect(present.spec).toEqual({ mode: 'b' });
  });
});
