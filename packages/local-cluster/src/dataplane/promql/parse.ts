import { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { Expression, Matcher, Matching, Selector } from './expression';
import { durationMs, numberOf, textOf } from './literals';
import { badQuery } from './promqlError';

const LONGEST_QUERY = 10_000;

class Reader {
  constructor(private readonly query: string) {}

  expression(node: SyntaxNode): Expression {
    switch (node.name) {
      case 'NumberDurationLiteral':
        return { kind: 'number', value: numberOf(this.text(node)) };
      case 'StringLiteral':
        return { kind: 'string', value: textOf(this.text(node)) };
      case 'ParenExpr':
        return this.expression(this.operands(node)[0]!);
      case 'UnaryExpr': {
        const of = this.expression(node.lastChild!);
        return this.text(node.firstChild!) === '-'
          ? { kind: 'negate', of }
          : of;
      }
      case 'VectorSelector':
        return this.selector(node);
      case 'MatrixSelector': {
        const selector = this.expression(node.firstChild!);
        if (selector.kind !== 'selector') {
          throw badQuery(
            'parse error: ranges only allowed for vector selectors',
          );
        }
        const [range] = this.durations(node);
        return { kind: 'range', selector, rangeMs: range! };
      }
      case 'SubqueryExpr': {
        const [rangeMs, stepMs] = this.durations(node);
        const of = this.expression(node.firstChild!);
        // Without a step Prometheus takes its evaluation interval; ours is 1 s.
        return {
          kind: 'subquery',
          of,
          rangeMs: rangeMs!,
          stepMs: stepMs ?? 1000,
          offsetMs: 0,
        };
      }
      case 'OffsetExpr':
        return this.offset(node);
      case 'FunctionCall':
        return {
          kind: 'call',
          name: this.text(node.getChild('FunctionIdentifier')!),
          args: this.args(node),
        };
      case 'AggregateExpr':
        return this.aggregate(node);
      case 'BinaryExpr':
        return this.binary(node);
      default:
        throw badQuery(
          `not implemented here: ${node.name} in "${this.text(node)}"`,
        );
    }
  }

  private text(node: SyntaxNode): string {
    return this.query.slice(node.from, node.to);
  }

  private children(node: SyntaxNode): SyntaxNode[] {
    const children: SyntaxNode[] = [];
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name !== 'LineComment') children.push(child);
    }
    return children;
  }

  private operands(node: SyntaxNode): SyntaxNode[] {
    return this.children(node).filter(child =>
      /(Expr|Selector|Literal|FunctionCall)$/.test(child.name),
    );
  }

  private durations(node: SyntaxNode): number[] {
    return node.getChildren('DurationExpr').map(child => {
      const literal = child.getChild('NumberDurationLiteralInDurationContext');
      if (!literal || this.children(child).length !== 1) {
        throw badQuery('not implemented here: arithmetic in durations');
      }
      const duration = durationMs(this.text(literal));
      if (duration <= 0) throw badQuery('duration must be greater than 0');
      return duration;
    });
  }

  private args(node: SyntaxNode): Expression[] {
    const body = node.getChild('FunctionCallBody');
    return body ? this.children(body).map(child => this.expression(child)) : [];
  }

  private selector(node: SyntaxNode): Selector {
    const identifier = node.getChild('Identifier');
    let name = identifier ? this.text(identifier) : undefined;
    const matchers: Matcher[] = [];
    const list = node.getChild('LabelMatchers');
    for (const child of list ? this.children(list) : []) {
      if (child.name === 'QuotedLabelName') {
        name = textOf(this.text(child));
        continue;
      }
      const [label, operator, value] = this.children(child);
      const raw = this.text(label!);
      matchers.push({
        label: child.name === 'QuotedLabelMatcher' ? textOf(raw) : raw,
        operator: this.text(operator!) as Matcher['operator'],
        value: textOf(this.text(value!)),
      });
    }
    if (name === undefined && matchers.every(matcher => allowsEmpty(matcher))) {
      throw badQuery(
        'parse error: vector selector must contain at least one non-empty matcher',
      );
    }
    return {
      kind: 'selector',
      ...(name !== undefined && { name }),
      matchers,
      offsetMs: 0,
    };
  }

  private offset(node: SyntaxNode): Expression {
    const of = this.expression(node.firstChild!);
    const text = this.text(node.getChild('OffsetDurationExpr')!).replace(
      /\s/g,
      '',
    );
    const sign = text.startsWith('-') ? -1 : 1;
    const offsetMs = sign * durationMs(text.replace(/^[-+]/, ''));
    if (of.kind === 'selector' || of.kind === 'subquery')
      return { ...of, offsetMs };
    if (of.kind === 'range') {
      return { ...of, selector: { ...of.selector, offsetMs } };
    }
    throw badQuery(
      'parse error: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery',
    );
  }

  private aggregate(node: SyntaxNode): Expression {
    const args = this.args(node);
    const modifier = node.getChild('AggregateModifier');
    const of = args.at(-1);
    if (!of || args.length > 2) {
      throw badQuery(
        `parse error: wrong number of arguments for aggregate expression ${this.text(node)}`,
      );
    }
    return {
      kind: 'aggregate',
      operator: this.text(node.getChild('AggregateOp')!).toLowerCase(),
      of,
      ...(args.length === 2 && { parameter: args[0] }),
      grouping: this.labels(modifier?.getChild('GroupingLabels')),
      without:
        modifier?.getChild('Without') !== undefined &&
        modifier?.getChild('Without') !== null,
    };
  }

  private binary(node: SyntaxNode): Expression {
    const children = this.children(node);
    const operator = this.text(children[1]!).toLowerCase();
    const bool = node.getChild('BoolModifier') !== null;
    return {
      kind: 'binary',
      operator,
      left: this.expression(children[0]!),
      right: this.expression(children.at(-1)!),
      bool,
      matching: this.matching(node.getChild('MatchingModifierClause')),
    };
  }

  private matching(node: SyntaxNode | null): Matching {
    if (!node) return { on: false, labels: [], include: [] };
    const [first, second] = node.getChildren('GroupingLabels');
    return {
      on: node.getChild('On') !== null,
      labels: this.labels(first),
      ...(node.getChild('GroupLeft') && { many: 'left' }),
      ...(node.getChild('GroupRight') && { many: 'right' }),
      include: this.labels(second),
    };
  }

  private labels(node: SyntaxNode | null | undefined): string[] {
    return (node ? this.children(node) : []).map(child =>
      child.name === 'QuotedLabelName'
        ? textOf(this.text(child))
        : this.text(child),
    );
  }
}

function allowsEmpty({ operator, value }: Matcher): boolean {
  if (operator === '=') return value === '';
  if (operator === '!=') return value !== '';
  const matchesEmpty = new RegExp(`^(?:${value})$`).test('');
  return operator === '=~' ? matchesEmpty : !matchesEmpty;
}

/**
 * Reads a query with Prometheus' own grammar.
 * @throws PromqlError bad_data with the place, or naming what is not implemented
 */
export function parseQuery(query: string): Expression {
  if (query.trim() === '')
    throw badQuery(
      'unknown position: parse error: no expression found in input',
    );
  if (query.length > LONGEST_QUERY) throw badQuery('the query is too long');
  const tree = parser.parse(query);
  tree.iterate({
    enter(node) {
      if (!node.type.isError) return;
      const before = query.slice(0, node.from);
      const line = before.split('\n').length;
      const column = node.from - before.lastIndexOf('\n');
      throw badQuery(
        `${line}:${column}: parse error: unexpected ${seen(query, node.from)}`,
      );
    },
  });
  const top = tree.topNode.firstChild;
  if (!top)
    throw badQuery(
      'unknown position: parse error: no expression found in input',
    );
  return new Reader(query).expression(top);
}

function seen(query: string, at: number) {
  return at >= query.length
    ? 'end of input'
    : JSON.stringify(query.slice(at, at + 10));
}
