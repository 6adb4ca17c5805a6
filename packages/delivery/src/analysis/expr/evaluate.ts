import {
  EXPRESSION_LIMITS,
  ExpressionError,
  type ExpressionLimits,
} from './limits';
import { parseExpression } from './parser';
import { typeName } from './values';
import { Walker, type ExpressionScope } from './walker';

export interface ExpressionOptions {
  /** Milliseconds since the epoch, for `now()`. */
  now?: number;
  limits?: ExpressionLimits;
}

/**
 * Evaluates an expression by walking its tree: nothing of it ever becomes
 * code, and the work it may do is bounded.
 *
 * @throws ExpressionError when it is malformed or does not fit the values.
 */
export function evaluateExpression(
  source: string,
  scope: ExpressionScope,
  options: ExpressionOptions = {},
): unknown {
  const limits = options.limits ?? EXPRESSION_LIMITS;
  const node = parseExpression(source, limits);
  return new Walker(options.now ?? 0, limits).walk(node, { scope });
}

/** Like `evaluateExpression`, for conditions: anything but a boolean is an error. */
export function evaluateCondition(
  source: string,
  scope: ExpressionScope,
  options?: ExpressionOptions,
): boolean {
  const value = evaluateExpression(source, scope, options);
  if (typeof value !== 'boolean') {
    throw new ExpressionError(`expected bool, but got ${typeName(value)}`);
  }
  return value;
}
