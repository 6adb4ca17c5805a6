/** A person or a group within a sentence; a full stop after it is the sentence's. */
export const PERSON_REF = /\b((?:user|group):[\w-]+\/[\w-]+(?:\.[\w-]+)*)/;
