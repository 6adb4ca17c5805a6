import { Fragment } from 'react';
import { Person } from './Person';
import { PERSON_REF } from './personRef';

/** A sentence of the API with the people and groups that it names as links. */
export const SentenceWithPeople = ({ children }: { children: string }) => (
  <>
    {children.split(PERSON_REF).map((part, at) => (
      // Parts stand where they stand in their sentence.
      <Fragment key={at}>
        {PERSON_REF.test(part) ? <Person who={part} /> : part}
      </Fragment>
    ))}
  </>
);
