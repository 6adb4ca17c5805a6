type Requirement = (labels: Record<string, string>) => boolean;

/**
 * Reads a label selector as `kubectl -l` does: `a=b`, `a!=b`, `a in (b,c)`,
 * `a notin (b)`, `a`, `!a`, joined by commas.
 * @throws SyntaxError that names the part it cannot read.
 */
export function parseLabelSelector(text: string): Requirement {
  const requirements = splitOutsideParentheses(text).map(parseRequirement);
  return labels => requirements.every(matches => matches(labels));
}

function splitOutsideParentheses(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map(part => part.trim())
    .filter(part => part.length > 0);
}

function parseRequirement(part: string): Requirement {
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(part);
  if (set) {
    const [, key = '', operator, list = ''] = set;
    const values = list.split(',').map(value => value.trim());
    const isIn = operator === 'in';
    return labels => {
      const value = own(labels, key);
      return isIn
        ? value !== undefined && values.includes(value)
        : value === undefined || !values.includes(value);
    };
  }
  const equality = /^([^\s=!]+)\s*(==|=|!=)\s*([^\s=!]*)$/.exec(part);
  if (equality) {
    const [, key = '', operator, wanted = ''] = equality;
    return operator === '!='
      ? labels => own(labels, key) !== wanted
      : labels => own(labels, key) === wanted;
  }
  const existence = /^(!?)\s*([^\s=!()]+)$/.exec(part);
  if (existence) {
    const [, not, key = ''] = existence;
    return labels => (own(labels, key) !== undefined) === (not === '');
  }
  throw new SyntaxError(
    `"${part}" is not a label selector: write key=value, key!=value, key in (a, b), key or !key`,
  );
}

function own(labels: Record<string, string>, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
