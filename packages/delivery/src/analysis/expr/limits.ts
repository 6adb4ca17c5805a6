/**
 * Bounds of one expression, so that none can stall the process: conditions
 * come from whoever may write an AnalysisTemplate.
 */
export interface ExpressionLimits {
  /** Characters of source. */
  length: number;
  /** Nesting of syntax, and of closures in each other. */
  depth: number;
  /** Syntax nodes. */
  nodes: number;
  /** Nodes visited, and elements or characters made, in one evaluation. */
  steps: number;
}

export const EXPRESSION_LIMITS: ExpressionLimits = {
  length: 8_192,
  depth: 64,
  nodes: 2_000,
  steps: 200_000,
};

/** The expression is malformed, or cannot be evaluated on this value. */
export class ExpressionError extends Error {
  readonly name = 'ExpressionError';
}
