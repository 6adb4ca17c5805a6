import { PERSON_REF } from './personRef';

/**
 * A sentence of the API with people and groups by their names, where no link
 * can stand: `harbor` of `group:default/harbor`. Who is of another namespace
 * keeps it before the name, so that two never look alike.
 */
export function withNames(sentence: string): string {
  return sentence
    .split(PERSON_REF)
    .map(part =>
      PERSON_REF.test(part)
        ? part.replace(/^\w+:/, '').replace(/^default\//, '')
        : part,
    )
    .join('');
}
