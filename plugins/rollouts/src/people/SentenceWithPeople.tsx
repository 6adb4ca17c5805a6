import { Fragment } from 'react';
import { Person } from './Person';

/** A person or a group within a sentence; a full stop after it is the sentence's. */
const REF = /\b((?:user|group):[\w-]+\/[\w-]+(?:\.[\w-]+)*)/;

/** A sentence of the API with the people and groups that it names as links. */
export const SentenceWithPeople = ({ children }: { children: string }) => (
  <>
    {children.split(REF).map((part, at) => (
      // Parts stand where they stand in their sentence.
      <Fragment key={at}>
        {REF.test(part) ? <Person who={part} /> : part}
      </Fragment>
    ))}
  </>
);
