import { Link } from '@backstage/ui';
import { useLayoutEffect, useRef } from 'react';

/** A link in a cell of the grid, which is one tab stop: the arrow keys and Enter lead here. */
export const RowLink = (props: { href: string; children: string }) => {
  const link = useRef<HTMLAnchorElement>(null);
  useLayoutEffect(() => {
    if (link.current) {
      link.current.tabIndex = -1;
    }
  }, []);
  return (
    <Link ref={link} href={props.href} variant="body-medium" weight="bold">
      {props.children}
    </Link>
  );
};
