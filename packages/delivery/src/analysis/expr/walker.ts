import type { Node } from './ast';
import { closureElements } from './builtins/closures';
import { BUILTINS, CLOSURE_FUNCTIONS } from './builtins/table';
import { callMethod } from './builtins/timeMethods';
import { ExpressionError, type ExpressionLimits } from './limits';
import { OPERATORS, type Step } from './operators';
import { formatNumber, hasOwn, isMap, mismatch, typeName } from './values';

/** Names visible to an expression; only its own properties are. */
export type ExpressionScope = Record<string, unknown>;

interface Frame {
  scope: ExpressionScope;
  /** Inside a closure: the element it is applied to. */
  pointer?: { element: unknown; index: number; acc: unknown };
}

/** One evaluation of a tree. */
export class Walker {
  private steps = 0;

  constructor(
    private readonly now: number,
    private readonly limits: ExpressionLimits,
  ) {}

  private readonly step: Step = (cost = 1) => {
    this.steps += cost;
    if (!(this.steps <= this.limits.steps)) {
      throw new ExpressionError(
        `the expression takes more than ${this.limits.steps} steps on this value`,
      );
    }
  };

  walk(node: Node, frame: Frame): unknown {
    this.step();
    switch (node.type) {
      case 'literal':
        return node.value;
      case 'name':
        return this.name(node.name, frame);
      case 'pointer':
        return pointer(node.name, frame);
      case 'unary':
        return unary(node.operator, this.walk(node.operand, frame));
      case 'binary':
        return this.binary(node, frame);
      case 'conditional':
        return this.walk(
          bool(this.walk(node.test, frame), '?:') ? node.then : node.otherwise,
          frame,
        );
      case 'member':
        return member(
          this.walk(node.object, frame),
          () => this.walk(node.property, frame),
          node.optional,
        );
      case 'slice':
        return this.slice(node, frame);
      case 'call':
        return this.call(node, frame);
      case 'builtin':
        return this.builtin(node, frame);
      case 'array':
        return node.elements.map(element => this.walk(element, frame));
      case 'map':
        return this.map(node, frame);
      case 'let': {
        const scope: ExpressionScope = Object.create(null);
        Object.assign(scope, frame.scope);
        scope[node.name] = this.walk(node.value, frame);
        return this.walk(node.body, { ...frame, scope });
      }
      default:
        throw new ExpressionError('unknown syntax');
    }
  }

  private name(name: string, { scope }: Frame): unknown {
    if (!hasOwn(scope, name)) {
      throw new ExpressionError(`unknown name ${name}`);
    }
    return scope[name];
  }

  private binary(node: Node & { type: 'binary' }, frame: Frame): unknown {
    const left = this.walk(node.left, frame);
    switch (node.operator) {
      case 'and':
      case '&&':
        return bool(left, '&&') && bool(this.walk(node.right, frame), '&&');
      case 'or':
      case '||':
        return bool(left, '||') || bool(this.walk(node.right, frame), '||');
      case '??':
        return left ?? this.walk(node.right, frame);
      default: {
        const operator = OPERATORS.get(node.operator);
        if (!operator) {
          throw new ExpressionError(`unknown operator ${node.operator}`);
        }
        const right = this.walk(node.right, frame);
        if (/^[!=]=$/.test(node.operator) && isTyped(node)) {
          refuseUnlike(node.operator, left, right);
        }
        return operator(left, right, this.step);
      }
    }
  }

  private slice(node: Node & { type: 'slice' }, frame: Frame): unknown {
    const object = this.walk(node.object, frame);
    if (typeof object !== 'string' && !Array.isArray(object)) {
      throw new ExpressionError(`cannot slice ${typeName(object)}`);
    }
    const bound = (part: Node | undefined) =>
      part && index(this.walk(part, frame));
    this.step(object.length);
    return object.slice(bound(node.from), bound(node.to));
  }

  /** Only times and durations have methods. */
  private call(node: Node & { type: 'call' }, frame: Frame): unknown {
    const { callee } = node;
    if (callee.type !== 'member') {
      throw new ExpressionError('only methods can be called');
    }
    const object = this.walk(callee.object, frame);
    const name = String(this.walk(callee.property, frame));
    const args = node.args.map(arg => this.walk(arg, frame));
    return callMethod(object, name, args);
  }

  private map(node: Node & { type: 'map' }, frame: Frame): unknown {
    const result: Record<string, unknown> = Object.create(null);
    for (const { key, value } of node.entries) {
      result[String(this.walk(key, frame))] = this.walk(value, frame);
    }
    return result;
  }

  private builtin(node: Node & { type: 'builtin' }, frame: Frame): unknown {
    const args = node.args.map(arg => this.walk(arg, frame));
    const plain = BUILTINS.get(node.name);
    if (plain) return plain(args, { step: this.step, now: this.now });
    const withClosure = CLOSURE_FUNCTIONS.get(node.name);
    if (!withClosure) throw new ExpressionError(`unknown name ${node.name}`);
    const [subject, ...rest] = args;
    const { closure } = node;
    return withClosure(
      closureElements(node.name, subject),
      closure &&
        ((element, at, acc) =>
          this.walk(closure, {
            ...frame,
            pointer: { element, index: at, acc },
          })),
      rest,
    );
  }
}

/** Types of names and literals are known beforehand; those inside maps are not. */
function isTyped({ left, right }: Node & { type: 'binary' }): boolean {
  return [left, right].every(
    ({ type }) => type === 'name' || type === 'literal',
  );
}

/** A string is never equal to a number, and asking is a mistake. */
function refuseUnlike(operator: string, left: unknown, right: unknown) {
  const [one, other] = [typeName(left), typeName(right)];
  if (one !== other && one !== '<nil>' && other !== '<nil>') {
    throw mismatch(operator, left, right);
  }
}

function pointer(name: string, frame: Frame): unknown {
  switch (name) {
    case '':
      return frame.pointer?.element;
    case 'index':
      return frame.pointer?.index;
    case 'acc':
      return frame.pointer?.acc;
    default:
      throw new ExpressionError(`unknown pointer #${name}`);
  }
}

function unary(operator: string, value: unknown): unknown {
  if (operator === '!' || operator === 'not') return !bool(value, operator);
  if (typeof value !== 'number') {
    throw new ExpressionError(
      `invalid operation: ${operator} (mismatched type ${typeName(value)})`,
    );
  }
  return operator === '-' ? -value : value;
}

function bool(value: unknown, where: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new ExpressionError(
    `invalid operation: ${where} on ${typeName(value)}, which is no bool`,
  );
}

function index(value: unknown): number {
  if (Number.isInteger(value)) return value as number;
  throw new ExpressionError(
    `invalid index ${typeof value === 'number' ? formatNumber(value) : typeName(value)}`,
  );
}

function member(
  object: unknown,
  property: () => unknown,
  optional: boolean,
): unknown {
  if ((object ?? null) === null) {
    if (optional) return null;
    throw new ExpressionError(`cannot fetch ${String(property())} from <nil>`);
  }
  const key = property();
  if (Array.isArray(object)) {
    const at = index(key);
    const from = at < 0 ? object.length + at : at;
    if (from < 0 || from >= object.length) {
      throw new ExpressionError(
        `index out of range: ${at} (array length is ${object.length})`,
      );
    }
    return object[from];
  }
  if (isMap(object)) {
    return typeof key === 'string' && hasOwn(object, key) ? object[key] : null;
  }
  throw new ExpressionError(
    `cannot fetch ${String(key)} from ${typeName(object)}`,
  );
}
