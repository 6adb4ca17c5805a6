import { badRequest } from '../../api/apiError';
import { RequestOptions } from '../../operations/context';
import { ResourceCall } from '../resourceCall';

const VALIDATIONS = ['Ignore', 'Warn', 'Strict'] as const;

/** Options of create, update and patch, read from the query. */
export function writeOptions(call: ResourceCall): RequestOptions {
  const { query } = call;
  const asked = query.get('fieldValidation') || 'Warn';
  const fieldValidation = VALIDATIONS.find(value => value === asked);
  if (!fieldValidation) {
    throw badRequest(
      `fieldValidation: Unsupported value: "${asked}": supported values: "Ignore", "Strict", "Warn"`,
    );
  }
  return {
    dryRun: isDryRun(query.getAll('dryRun')),
    fieldManager: query.get('fieldManager') || undefined,
    userAgent: call.headers['user-agent']?.split('/')[0] || undefined,
    force: query.get('force') === 'true',
    fieldValidation,
    warn: message => call.warnings.push(message),
  };
}

export function isDryRun(values: string[]): boolean {
  const asked = values.filter(Boolean);
  if (asked.some(value => value !== 'All')) {
    throw badRequest(
      `dryRun: Unsupported value: "${asked.join(',')}": supported values: "All"`,
    );
  }
  return asked.length > 0;
}
