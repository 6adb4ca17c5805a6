import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { asn1, md, pki } from 'node-forge';

/** PEM texts of a server that this process serves and its clients trust. */
export interface ServerIdentity {
  caCertificate: string;
  certificate: string;
  key: string;
}

const YEAR = 365 * 24 * 60 * 60 * 1000;
const generateKeys = promisify(generateKeyPair);

/**
 * Makes a certificate authority that exists for this one server only: its key
 * is dropped as soon as the server's certificate is signed.
 * @param now - milliseconds since the epoch
 */
export async function createServerIdentity(
  now: number,
): Promise<ServerIdentity> {
  const [authority, server] = await Promise.all([rsaKeys(), rsaKeys()]);
  const name = [{ name: 'commonName', value: 'local-cluster-ca' }];

  const ca = blankCertificate('01', now);
  ca.publicKey = authority.publicKey;
  ca.setSubject(name);
  ca.setIssuer(name);
  ca.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  ca.sign(authority.privateKey, md.sha256.create());

  const certificate = blankCertificate('02', now);
  certificate.publicKey = server.publicKey;
  certificate.setSubject([{ name: 'commonName', value: 'local-cluster' }]);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    {
      name: 'keyUsage',
      digitalSignature: true,
      keyEncipherment: true,
      critical: true,
    },
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
  certificate.sign(authority.privateKey, md.sha256.create());

  return {
    caCertificate: pki.certificateToPem(ca),
    certificate: pki.certificateToPem(certificate),
    key: pki.privateKeyToPem(server.privateKey),
  };
}

/** Node's own key generation: forge's is pure JavaScript and takes seconds. */
async function rsaKeys(): Promise<pki.rsa.KeyPair> {
  const { privateKey } = await generateKeys('rsa', { modulusLength: 2048 });
  const der = privateKey.export({ type: 'pkcs1', format: 'der' });
  const key = pki.privateKeyFromAsn1(
    asn1.fromDer(der.toString('binary')),
  ) as pki.rsa.PrivateKey;
  return { privateKey: key, publicKey: pki.setRsaPublicKey(key.n, key.e) };
}

function blankCertificate(serialNumber: string, now: number): pki.Certificate {
  const certificate = pki.createCertificate();
  certificate.serialNumber = serialNumber;
  // A day back, so that a client whose clock is behind trusts it too.
  certificate.validity.notBefore = new Date(now - YEAR / 365);
  certificate.validity.notAfter = new Date(now + YEAR);
  return certificate;
}
