/**
 * How Argo Rollouts writes the steps of a canary down before it hashes them:
 * as JSON in the order of its own types, with what is empty left out where
 * these say so. Source: its API types `CanaryStep` and those below, v1.9.1, and
 * the documentation of Go's encoding/json.
 */

type Shape =
  | 'value'
  /** As it came, with its keys in the order that they have. */
  | 'raw'
  | 'map'
  | { fields: readonly Field[] }
  | { list: Shape }
  | { values: Shape };

interface Field {
  name: string;
  shape: Shape;
  /**
   * When it is left out: `absent` (a pointer), `empty` (also "", 0, false and
   * a list or map without entries), or never.
   */
  without: 'absent' | 'empty' | 'never';
}

const field = (
  name: string,
  without: Field['without'],
  shape: Shape = 'value',
): Field => ({ name, shape, without });
const struct = (...fields: Field[]): Shape => ({ fields });
const list = (shape: Shape): Shape => ({ list: shape });

const metadata = struct(
  field('labels', 'empty', 'map'),
  field('annotations', 'empty', 'map'),
);
const match = struct(
  field('exact', 'empty'),
  field('prefix', 'empty'),
  field('regex', 'empty'),
);
const argument = struct(
  field('name', 'never'),
  field('value', 'empty'),
  field(
    'valueFrom',
    'absent',
    struct(
      field('podTemplateHashValue', 'absent'),
      field('fieldRef', 'absent', struct(field('fieldPath', 'never'))),
    ),
  ),
);
const dryRun = struct(field('metricName', 'never'));
const selector = struct(
  field('matchLabels', 'empty', 'map'),
  field(
    'matchExpressions',
    'empty',
    list(
      struct(
        field('key', 'never'),
        field('operator', 'never'),
        field('values', 'empty', list('value')),
      ),
    ),
  ),
);

const experiment = struct(
  field(
    'templates',
    'never',
    list(
      struct(
        field('name', 'never'),
        field('specRef', 'never'),
        field('replicas', 'absent'),
        field('metadata', 'never', metadata),
        field('selector', 'absent', selector),
        field('weight', 'absent'),
        field('service', 'absent', struct(field('name', 'empty'))),
      ),
    ),
  ),
  field('duration', 'empty'),
  field(
    'analyses',
    'empty',
    list(
      struct(
        field('name', 'never'),
        field('templateName', 'never'),
        field('clusterScope', 'absent'),
        field('args', 'empty', list(argument)),
        field('requiredForCompletion', 'empty'),
      ),
    ),
  ),
  field('dryRun', 'empty', list(dryRun)),
  field('analysisRunMetadata', 'never', metadata),
  field('scaleDownDelaySeconds', 'absent'),
);

const analysis = struct(
  field(
    'templates',
    'empty',
    list(
      struct(field('templateName', 'never'), field('clusterScope', 'absent')),
    ),
  ),
  field('args', 'empty', list(argument)),
  field('dryRun', 'empty', list(dryRun)),
  field(
    'measurementRetention',
    'empty',
    list(struct(field('metricName', 'never'), field('limit', 'never'))),
  ),
  field('analysisRunMetadata', 'absent', metadata),
);

const STEPS = list(
  struct(
    field('setWeight', 'absent'),
    field('pause', 'absent', struct(field('duration', 'absent'))),
    field('experiment', 'absent', experiment),
    field('analysis', 'absent', analysis),
    field(
      'setCanaryScale',
      'absent',
      struct(
        field('weight', 'absent'),
        field('replicas', 'absent'),
        field('matchTrafficWeight', 'empty'),
      ),
    ),
    field(
      'setHeaderRoute',
      'absent',
      struct(
        field('name', 'empty'),
        field(
          'match',
          'empty',
          list(
            struct(
              field('headerName', 'never'),
              field('headerValue', 'never', match),
            ),
          ),
        ),
      ),
    ),
    field(
      'setMirrorRoute',
      'absent',
      struct(
        field('name', 'never'),
        field(
          'match',
          'empty',
          list(
            struct(
              field('method', 'absent', match),
              field('path', 'absent', match),
              field('headers', 'empty', { values: match }),
            ),
          ),
        ),
        field('percentage', 'absent'),
      ),
    ),
    field(
      'plugin',
      'absent',
      struct(field('name', 'never'), field('config', 'absent', 'raw')),
    ),
  ),
);

/** Go escapes these so that JSON can stand in HTML. */
function quote(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    each => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value).length === 0;
  }
  return value === '' || value === 0 || value === false;
}

function entries(value: object, shape: Shape): string {
  const written = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${quote(key)}:${textOf(each, shape)}`);
  return `{${written.join(',')}}`;
}

/** What Go writes for a field that it must write and does not have. */
function textOfNothing(shape: Shape): string {
  if (shape === 'value') return '""';
  if (typeof shape === 'object' && 'fields' in shape) {
    return shape === metadata ? '{}' : 'null';
  }
  return 'null';
}

function textOf(value: unknown, shape: Shape): string {
  if (value === undefined || value === null) return textOfNothing(shape);
  if (shape === 'value' || shape === 'raw') return quote(value);
  if (shape === 'map') return entries(value, 'value');
  if ('values' in shape) return entries(value, shape.values);
  if ('list' in shape) {
    const items = Array.isArray(value) ? value : [];
    return `[${items.map(each => textOf(each, shape.list)).join(',')}]`;
  }
  const object = value as Record<string, unknown>;
  const written = shape.fields.flatMap(each => {
    const of = object[each.name] ?? undefined;
    if (each.without !== 'never' && of === undefined) return [];
    if (each.without === 'empty' && isEmpty(of)) return [];
    return [`${quote(each.name)}:${textOf(of, each.shape)}`];
  });
  return `{${written.join(',')}}`;
}

/** The steps as Argo Rollouts writes them down; `null` when there are none. */
export function stepsText(steps: unknown): string {
  return textOf(steps, STEPS);
}
