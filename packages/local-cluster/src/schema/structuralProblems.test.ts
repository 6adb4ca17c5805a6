import { Schema } from './schema';
import { structuralProblems } from './structuralProblems';

const problems = (spec: Schema) =>
  structuralProblems({ type: 'object', properties: { spec } }, 'schema').map(
    ({ field, reason }) => `${field} ${reason}`,
  );

describe('structuralProblems', () => {
  it('finds none where every field says its type and every default fits', () => {
    expect(
      problems({
        type: 'object',
        properties: {
          port: { 'x-kubernetes-int-or-string': true, default: '80%' },
          any: { 'x-kubernetes-preserve-unknown-fields': true },
          level: { type: 'integer', minimum: 1, default: 3 },
          list: { type: 'array', items: { type: 'string' }, default: ['a'] },
        },
      }),
    ).toEqual([]);
  });

  it('names the field that has no type, however deep', () => {
    expect(
      problems({
        type: 'object',
        properties: {
          list: { type: 'array', items: {} },
          map: { type: 'object', additionalProperties: { properties: {} } },
        },
      }),
    ).toEqual([
      'schema.properties[spec].properties[list].items.type FieldValueRequired',
      'schema.properties[spec].properties[map].additionalProperties.type FieldValueRequired',
    ]);
  });

  it('names the default that does not fit', () => {
    expect(problems({ type: 'integer', minimum: 1, default: 0 })).toEqual([
      'schema.properties[spec].default FieldValueInvalid',
    ]);
  });
});
