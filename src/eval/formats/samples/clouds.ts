import type { SamplesByFormat } from '../formatSample.ts';
import { exactly, onSecond, reads } from '../formatSample.ts';

/** Lines in the formats of `record/formats/clouds.ts`. */
export const cloudsSamples: SamplesByFormat = {
  'aws-s3': [
      reads(
        '79a5be shop-logos [14/May/2024:09:30:12 +0000] 192.0.2.7 79a5be 3E57427F REST.GET.OBJECT logo.png "GET /shop-logos/logo.png HTTP/1.1" 200 - 113 113 7 6 "-" "curl/8.5.0" -',
        onSecond,
        'unknown',
        '',
        '192.0.2.7 79a5be 3E57427F REST.GET.OBJECT logo.png "GET /shop-logos/logo.png HTTP/1.1" 200 - 113 113 7 6 "-" "curl/8.5.0" -',
      ),
      reads(
        '79a5be shop.backup [14/May/2024:09:30:12 +0000] 192.0.2.8 - 3E57427A REST.PUT.OBJECT a.tar "PUT /shop.backup/a.tar HTTP/1.1" 503 SlowDown 113 - 7 - "-" "aws-cli/2" -',
        onSecond,
        'unknown',
        '',
        '192.0.2.8 - 3E57427A REST.PUT.OBJECT a.tar "PUT /shop.backup/a.tar HTTP/1.1" 503 SlowDown 113 - 7 - "-" "aws-cli/2" -',
      ),
      reads(
        '79a5be shop-logos [14/May/2024:11:30:12 +0200] 192.0.2.9 - 3E57427B REST.GET.VERSIONING - "GET /shop-logos?versioning HTTP/1.1" 404 NoSuchBucket 113 - 7 - "-" "S3Console/0.4" -',
        onSecond,
        'unknown',
        '',
        '192.0.2.9 - 3E57427B REST.GET.VERSIONING - "GET /shop-logos?versioning HTTP/1.1" 404 NoSuchBucket 113 - 7 - "-" "S3Console/0.4" -',
      ),
    ],
  'cloudfront': [
      reads(
        '2024-05-14\t09:30:12\tFRA50-C1\t2390\t192.0.2.7\tGET\t200',
        onSecond,
        'unknown',
        '',
        '2024-05-14\t09:30:12\tFRA50-C1\t2390\t192.0.2.7\tGET\t200',
      ),
      reads(
        '2024-05-14\t09:30:12\tSEA19\t0\t192.0.2.8\tPOST\t503',
        onSecond,
        'unknown',
        '',
        '2024-05-14\t09:30:12\tSEA19\t0\t192.0.2.8\tPOST\t503',
      ),
      reads(
        '2024-05-14\t09:30:12\tNRT57-P2\t17\t192.0.2.9\tHEAD\t404',
        onSecond,
        'unknown',
        '',
        '2024-05-14\t09:30:12\tNRT57-P2\t17\t192.0.2.9\tHEAD\t404',
      ),
    ],
  'esxi-kernel': [
      reads(
        '2024-05-14T09:30:12.250Z cpu3:2097713)WARNING: NFS: 337: Lost connection to the server',
        exactly,
        'warning',
        'NFS',
        '337: Lost connection to the server',
      ),
      reads(
        '2024-05-14T09:30:12.250Z cpu1:2097714)ScsiDeviceIO: 3068: Cmd 0x45 failed',
        exactly,
        'unknown',
        'ScsiDeviceIO',
        '3068: Cmd 0x45 failed',
      ),
      reads(
        '2024-05-14T09:30:12.250Z In(182) vmkernel: cpu2:2097715)NMP: 3856: path is up',
        exactly,
        'unknown',
        'NMP',
        '3856: path is up',
      ),
    ],
  'esxi': [
      reads(
        '2024-05-14T09:30:12.250Z warning hostd[2099525] [Originator@6876 sub=Vimsvc.Task opID=7] Task failed',
        exactly,
        'warning',
        'hostd',
        '[Originator@6876 sub=Vimsvc.Task opID=7] Task failed',
      ),
      reads(
        '2024-05-14T09:30:12.250Z Er(179) vpxa[2099526]: [Originator@6876 sub=vpxaInvt] the host is lost',
        exactly,
        'error',
        'vpxa',
        '[Originator@6876 sub=vpxaInvt] the host is lost',
      ),
      reads(
        '2024-05-14T11:30:12.250+02:00 info vpxd[4711] [Originator@6876 sub=Hostsvc] storage is ready',
        exactly,
        'info',
        'vpxd',
        '[Originator@6876 sub=Hostsvc] storage is ready',
      ),
    ],
};
