/** The parts of an image reference. `version` is the tag or a short digest. */
export interface ImageParts {
  repository: string;
  version: string;
  /** Whether `version` is a digest. */
  digest: boolean;
}

const DIGEST_CHARACTERS = 7;

/**
 * Takes an image reference apart. A digest wins over a tag, as it does for a
 * container runtime; without either the version is `latest`. The colon of a
 * registry's port is no tag.
 */
export function parseImage(image: string): ImageParts {
  const [name = '', digest] = image.split('@', 2);
  const colon = name.lastIndexOf(':');
  const tagged = colon > name.lastIndexOf('/');
  const repository = tagged ? name.slice(0, colon) : name;
  if (digest) {
    const hex = digest.slice(digest.indexOf(':') + 1);
    return {
      repository,
      version: hex.slice(0, DIGEST_CHARACTERS),
      digest: true,
    };
  }
  return {
    repository,
    version: tagged ? name.slice(colon + 1) : 'latest',
    digest: false,
  };
}

/** How to write two images beside each other so that the difference shows. */
export interface ImageDiff {
  from: string;
  to: string;
  /** What differs; `none` when both are the same. */
  differs: 'version' | 'repository' | 'none';
}

/** Versions alone when the repository is the same, the last path part too when not. */
export function diffImages(from: string, to: string): ImageDiff {
  const a = parseImage(from);
  const b = parseImage(to);
  if (a.repository !== b.repository) {
    return {
      from: `${shortName(a)}:${a.version}`,
      to: `${shortName(b)}:${b.version}`,
      differs: 'repository',
    };
  }
  return {
    from: a.version,
    to: b.version,
    differs: from === to ? 'none' : 'version',
  };
}

function shortName({ repository }: ImageParts): string {
  return repository.slice(repository.lastIndexOf('/') + 1);
}
