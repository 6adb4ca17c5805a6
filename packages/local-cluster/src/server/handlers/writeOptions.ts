import { invalidOptions } from '../../api/apiError';
import { RequestOptions } from '../../operations/context';
import { ResourceCall } from '../resourceCall';

const VALIDATIONS = ['Ignore', 'Warn', 'Strict'] as const;
const LONGEST_MANAGER = 128;

type OptionsKind =
  'CreateOptions' | 'UpdateOptions' | 'PatchOptions' | 'DeleteOptions';

/** Options of create, update and patch, read from the query. */
export function writeOptions(
  call: ResourceCall,
  kind: OptionsKind = 'UpdateOptions',
): RequestOptions {
  const { query } = call;
  const asked = query.get('fieldValidation') || 'Warn';
  const fieldValidation = VALIDATIONS.find(value => value === asked);
  if (!fieldValidation) {
    throw unsupported(
      kind,
      'fieldValidation',
      `"${asked}"`,
      '"", "Ignore", "Strict", "Warn"',
    );
  }
  const fieldManager = query.get('fieldManager') || undefined;
  if (fieldManager !== undefined) checkManager(kind, fieldManager);
  return {
    dryRun: isDryRun(query.getAll('dryRun'), kind),
    fieldManager,
    userAgent: call.headers['user-agent']?.split('/')[0] || undefined,
    force: query.get('force') === 'true',
    fieldValidation,
    warn: message => call.warnings.push(message),
  };
}

export function isDryRun(
  values: string[],
  kind: OptionsKind = 'DeleteOptions',
): boolean {
  const asked = values.filter(Boolean);
  if (asked.some(value => value !== 'All')) {
    const given = asked.map(value => JSON.stringify(value)).join(',');
    throw unsupported(kind, 'dryRun', `[${given}]`, '"All"');
  }
  return asked.length > 0;
}

function unsupported(
  kind: OptionsKind,
  field: string,
  given: string,
  supported: string,
) {
  return invalidOptions(
    kind,
    field,
    'FieldValueNotSupported',
    `Unsupported value: ${given}: supported values: ${supported}`,
  );
}

function checkManager(kind: OptionsKind, manager: string): void {
  if (manager.length > LONGEST_MANAGER) {
    throw invalidOptions(
      kind,
      'fieldManager',
      'FieldValueTooLong',
      `Too long: may not be more than ${LONGEST_MANAGER} bytes`,
    );
  }
  const at = manager.search(/\p{C}/u);
  if (at < 0) return;
  const point = manager.codePointAt(at) ?? 0;
  const name = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  throw invalidOptions(
    kind,
    'fieldManager',
    'FieldValueInvalid',
    `Invalid value: ${JSON.stringify(manager)}: invalid character ${name} (at position ${at})`,
  );
}
