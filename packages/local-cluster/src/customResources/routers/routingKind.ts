import { Column } from '../../kinds/kindDefinition';
import { open, record } from '../../schema/builders';
import { ageColumn, ShortDefinition } from '../definition';

/**
 * A kind that some mesh or ingress controller reads its routes from. All
 * fields are kept, none is checked: the real schemas belong to those projects.
 * Served with the subresources, scope and columns that they have there.
 */
export function routingKind(
  short: Omit<ShortDefinition, 'schema' | 'shortNames'> & {
    shortNames?: string[];
  },
): ShortDefinition {
  return {
    shortNames: [],
    ...short,
    schema: record({ spec: open, status: open }),
    columns: [...(short.columns ?? []), ageColumn],
  };
}

/** A column of plain text. */
export const plainColumn = (name: string, jsonPath: string): Column => ({
  name,
  type: 'string',
  jsonPath,
});
