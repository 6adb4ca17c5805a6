import { Schema } from './schema';
import { validateTransition } from './validateTransition';

const schema: Schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        replicas: { type: 'integer' },
        selector: {
          type: 'object',
          'x-kubernetes-validations': [
            { rule: 'self == oldSelf', message: 'selector is immutable' },
          ],
        },
      },
    },
  },
};

const refusals = (value: object, previous: object) =>
  validateTransition(schema, value, previous, () => undefined);

describe('immutable fields of custom resources', () => {
  it('refuses a change, with the field and the message of the rule', () => {
    expect(
      refusals({ spec: { selector: { a: 1 } } }, { spec: { selector: {} } }),
    ).toEqual([
      {
        reason: 'FieldValueInvalid',
        field: 'spec.selector',
        message: 'Invalid value: "object": selector is immutable',
      },
    ]);
  });

  it('allows the same value, a first value, and changes elsewhere', () => {
    const selector = { a: 1 };

    expect(refusals({ spec: { selector } }, { spec: { selector } })).toEqual(
      [],
    );
    expect(refusals({ spec: { selector } }, { spec: {} })).toEqual([]);
    expect(
      refusals(
        { spec: { selector, replicas: 2 } },
        { spec: { selector, replicas: 1 } },
      ),
    ).toEqual([]);
  });
});
