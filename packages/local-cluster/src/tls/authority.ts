import { generateKeyPairSync, KeyObject, sign } from 'node:crypto';
import { asn1, jsbn, pki } from 'node-forge';

/** PEM texts of a server that this process serves and its clients trust. */
export interface ServerIdentity {
  caCertificate: string;
  certificate: string;
  key: string;
}

interface Keys {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

/** Part of forge that its types leave out: the certificate without its signature. */
interface CertificateLayout {
  getTBSCertificate(certificate: pki.Certificate): asn1.Asn1;
}

const DAY = 24 * 60 * 60 * 1000;
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const CA_NAME = [{ name: 'commonName', value: 'local-cluster-ca' }];
const SERVER_NAME = [{ name: 'commonName', value: 'local-cluster' }];

/**
 * Makes a certificate authority that exists for this one server only: its key
 * is dropped as soon as the server's certificate is signed.
 * @param now - milliseconds since the epoch
 */
export function createServerIdentity(now: number): ServerIdentity {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  const ca = blankCertificate('01', now);
  ca.setSubject(CA_NAME);
  ca.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  ]);

  const certificate = blankCertificate('02', now);
  certificate.setSubject(SERVER_NAME);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    {
      name: 'subjectAltName',
      altNames: [
        { type: 2, value: 'localhost' },
        { type: 2, value: 'kubernetes.default.svc' },
        { type: 7, ip: '127.0.0.1' },
        { type: 7, ip: '::1' },
      ],
    },
  ]);
  return {
    caCertificate: signedPem(ca, authority.publicKey, authority),
    certificate: signedPem(certificate, server.publicKey, authority),
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

function blankCertificate(serialNumber: string, now: number): pki.Certificate {
  const certificate = pki.createCertificate();
  certificate.serialNumber = serialNumber;
  certificate.setIssuer(CA_NAME);
  // A day back, so that a client whose clock is behind trusts it too.
  certificate.validity.notBefore = new Date(now - DAY);
  certificate.validity.notAfter = new Date(now + 365 * DAY);
  // forge knows RSA only: a stand-in, which is replaced when it is signed.
  const one = new jsbn.BigInteger('1', 10);
  certificate.publicKey = pki.setRsaPublicKey(one, one);
  return certificate;
}

/** forge lays the certificate out; Node's own cryptography makes and uses the keys. */
function signedPem(
  certificate: pki.Certificate,
  publicKey: KeyObject,
  authority: Keys,
): string {
  const { Class, Type } = asn1;
  const sequence = (value: asn1.Asn1[]) =>
    asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, value);
  const algorithm = () =>
    sequence([
      asn1.create(
        Class.UNIVERSAL,
        Type.OID,
        false,
        asn1.oidToDer(ECDSA_WITH_SHA256).getBytes(),
      ),
    ]);
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  certificate.siginfo.algorithmOid = pki.oids.sha256WithRSAEncryption!;
  const body = (pki as typeof pki & CertificateLayout).getTBSCertificate(
    certificate,
  );
  // Its fields by RFC 5280: 2 is the signature's algorithm, 6 the public key.
  const fields = body.value as asn1.Asn1[];
  fields[2] = algorithm();
  fields[6] = asn1.fromDer(spki.toString('binary'));

  const toSign = Buffer.from(asn1.toDer(body).getBytes(), 'binary');
  const signature = sign('sha256', toSign, authority.privateKey);
  const whole = sequence([
    body,
    algorithm(),
    asn1.create(
      Class.UNIVERSAL,
      Type.BITSTRING,
      false,
      `\0${signature.toString('binary')}`,
    ),
  ]);
  const der = Buffer.from(asn1.toDer(whole).getBytes(), 'binary');
  const lines = der.toString('base64').match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
