import {
  EIGHT_STEPS,
  rolloutYaml,
  simulateYaml,
} from '../../testing/simulateYaml';
import { escapeXml } from './element';
import { timelineSvg } from './timelineSvg';

const parse = (svg: string) =>
  [...svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)].reduce<string[]>(
    (open, [, closes, name = '', empty]) => {
      if (empty) return open;
      if (!closes) return [...open, name];
      expect(open.at(-1)).toBe(name);
      return open.slice(0, -1);
    },
    [],
  );

describe('the picture of a timeline', () => {
  const svg = timelineSvg(simulateYaml(rolloutYaml({ strategy: EIGHT_STEPS })));

  it('is one element whose parts are closed', () => {
    expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(
      true,
    );
    expect(parse(svg)).toEqual([]);
  });

  it('says what it shows to those who do not see it', () => {
    expect(svg).toContain('role="img" aria-labelledby="title description"');
    expect(svg).toMatch(/<title id="title">default\/shop: canary/);
    expect(svg).toMatch(/<desc id="description">The new version is stable/);
  });

  it('runs nothing and fetches nothing', () => {
    expect(svg).not.toMatch(
      /<script|javascript:|href=|url\(|@import| on[a-z]+=/i,
    );
  });

  it('has a dark side', () => {
    expect(svg).toContain('@media (prefers-color-scheme:dark)');
  });

  it('cannot be broken out of by what a manifest says', () => {
    const timeline = simulateYaml(rolloutYaml({ strategy: 'canary: {}' }));
    const name = '"></title><script>alert(1)</script>\u0000';
    const hostile = { ...timeline, rollout: { ...timeline.rollout, name } };

    expect(timelineSvg(hostile)).not.toContain('<script>');
    expect(parse(timelineSvg(hostile))).toEqual([]);
    expect(escapeXml(name)).toBe(
      '&quot;&gt;&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;\ufffd',
    );
  });
});
