import { Schema, SchemaLookup } from './schema';

/**
 * The schema by that name with every `$ref` in it replaced by what it names,
 * as a CRD must spell it out. Models of which `replacements` has one are
 * replaced by that. What is frozen is shared by all who embed it.
 * @throws Error when a model refers to itself
 */
export function inlineModel(
  name: string,
  lookup: SchemaLookup,
  replacements: Readonly<Record<string, Schema>> = {},
): Schema {
  const done = new Map<string, Schema>(Object.entries(replacements));
  return inlined(name, []);

  function inlined(model: string, parents: readonly string[]): Schema {
    const known = done.get(model);
    if (known) return known;
    if (parents.includes(model)) throw new Error(`${model} refers to itself`);
    const found = lookup(model);
    if (!found) throw new Error(`there is no model ${model}`);
    const schema = spellOut(found, [...parents, model]);
    done.set(model, schema);
    return schema;
  }

  function spellOut(schema: Schema, parents: readonly string[]): Schema {
    const { $ref, properties, items, additionalProperties, ...facts } = schema;
    // Facts beside a `$ref` are about this field and win over the model's.
    return Object.freeze({
      ...($ref && inlined($ref, parents)),
      ...facts,
      ...(properties && {
        properties: Object.freeze(
          Object.fromEntries(
            Object.entries(properties).map(([key, property]) => [
              key,
              spellOut(property, parents),
            ]),
          ),
        ),
      }),
      ...(items && { items: spellOut(items, parents) }),
      ...(additionalProperties !== undefined && {
        additionalProperties:
          typeof additionalProperties === 'object'
            ? spellOut(additionalProperties, parents)
            : additionalProperties,
      }),
    });
  }
}
