export interface Config {
  auth?: {
    providers?: {
      /** Sign-in without proof, for a portal on one's own machine. */
      demo?: {
        /** Who may be signed in as; the first is offered first. */
        users: Array<{
          /**
           * The name of the User entity.
           * @visibility frontend
           */
          name: string;
          /** @visibility frontend */
          title?: string;
          /**
           * What this person may do, in a few words.
           * @visibility frontend
           */
          note?: string;
        }>;
      };
    };
  };
}
