import { ArgumentResolver } from './resolver';

const resolver = (values: Record<string, string>) =>
  new ArgumentResolver(new Map(Object.entries(values)));

describe('arguments', () => {
  it.each<[string, Record<string, string>, string]>([
    ['{{args.a}}-{{ args.a }}', { a: 'x' }, 'x-x'],
    ['{{args.service-name}}', { 'service-name': 'x' }, 'x'],
    ['{{args.a}}', { a: '{{args.b}}', b: 'no' }, '{{args.b}}'],
    ['{{args.a}}{{args.b}}', { a: '{{args.', b: 'a}}' }, '{{args.a}}'],
    ['{{ other }}', {}, '{{ other }}'],
    [
      '{{args.__proto__}}',
      { __proto__x: '' },
      'failed to resolve {{args.__proto__}}',
    ],
    ['{{args.missing}}', {}, 'failed to resolve {{args.missing}}'],
  ])('%s with %j is %s', (source, values, expected) => {
    const fill = () => {
      try {
        return resolver(values).text(source);
      } catch (error) {
        return (error as Error).message;
      }
    };

    expect(fill()).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['up{job="{{args.a}}"}', 'web', 'up{job="web"}'],
    ['up{job=~"{{args.a}}"}', 'a.*|b\\\\.c', 'up{job=~"a.*|b\\\\.c"}'],
    [
      'up{job="{{args.a}}"}',
      '"} or vector(1) or x{a="',
      'up{job="\\"} or vector(1) or x{a=\\""}',
    ],
    ['up{job="{{args.a}}"}', 'x\\', 'up{job="x\\\\"}'],
    ["up{job='{{args.a}}'}", 'a\'b"c', "up{job='a\\'b\"c'}"],
    ['up{job="{{args.a}}"}', 'a\nb', 'up{job="a\\nb"}'],
    ['rate(up[{{args.a}}])', '5m', 'rate(up[5m])'],
    ['up{a="\\"{{args.a}}"}', '"', 'up{a="\\"\\""}'],
    ['# "quoted\nup{a="{{args.a}}"}', '"', '# "quoted\nup{a="\\""}'],
  ])('in PromQL, %s with %j is %s', (source, a, expected) => {
    expect(resolver({ a }).promql(source)).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['{{args.a}}/m', 'http://other-api:80/base', 'http://other-api:80/base/m'],
    ['http://h/?s={{args.a}}', 'a&b=c#d e', 'http://h/?s=a%26b=c%23d%20e'],
    ['http://h/?s={{args.a}}', 'svc.ns.svc:80', 'http://h/?s=svc.ns.svc:80'],
    ['http://h/?s={{args.a}}', '100%', 'http://h/?s=100%25'],
    ['http://h/?s={{args.a}}', '%20', 'http://h/?s=%20'],
    ['http://h/{{args.a}}/x', 'a?b#c', 'http://h/a%3Fb%23c/x'],
  ])('in a URL, %s with %s is %s', (source, a, expected) => {
    expect(resolver({ a }).url(source)).toBe(expected);
  });

  it('in JSON text a value cannot end its string', () => {
    const text = resolver({ a: '","admin":true,"x":"' }).jsonText(
      '{"name":"{{args.a}}"}',
    );

    expect(Object.keys(JSON.parse(text))).toEqual(['name']);
  });

  it('in a condition a value cannot end its string', () => {
    expect(
      resolver({ a: '" || true || "' }).expression('result == "{{args.a}}"'),
    ).toBe('result == "\\" || true || \\""');
  });
});
