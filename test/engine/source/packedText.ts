/** What the archives below hold, in two parts each. */
export const packedLines = Array.from(
  { length: 120 },
  (_, index) =>
    `2024-05-14 10:0${Math.floor(index / 60)}:${String(index % 60).padStart(2, '0')} INFO request ${index} done\n`,
).join('');

/** Made with zstd 1.5, bzip2 1.0.8 and xz 5.4: two frames or streams in a row. */
export const archives = {
  zstd: Buffer.from(
    'KLUv/QRofQUA0ooaFKAbOiTdMcCHluJvKaVMKaGDe1fw/dmtXnT677svz/m8uJzPbOUi033bdWmOx6XlelarFpXe' +
      'u27LcjotLMczWrGIdN50WZLDUu7Mqoh+uyUBiITiQIY4GojHAsEghkGBQEYwJGeAJvBOA2KoEVD2fq0B4IVlDREg' +
      'BAnBegEREGHIB51ZPO2f3ofksXd6LzbdwrutXX1uc/Irv8TsdEO5mqW5l1df9iXBSmCrAaP35IYotS/9BGjVBgDy' +
      'TSEUkE0H8IIBi/m4fNn2TmnLr7RDBA6AsjBJcO3bt2/fvn379u3bs2bNmjVr1qxZs2bpu2FYS6nfTsms5THdDcNa' +
      'Sv12SmYtB9rdMKyl1G+nZNZysXfDsJZSv52SWUtFEuXdMKyl1G+nZNbyPGGAsjBJcA6gR4kaxQmQ4jCCM0ESbOAK' +
      'p2BjgIyoESC3Yf834DXWEfwRXhgRGh+pMQVpCtJoT2ma0i1Nl5TmKF3RdENpgtL9TNcTvNxKNEH6wMeGmtoNfFbY' +
      'qN3gZoNN2n0ADCbZ3EzYH0bsKpRbgZQ=',
    'base64',
  ),
  bzip2: Buffer.from(
    'QlpoOTFBWSZTWRFpJeAAAY7dgAAQQAJ/8AEhhgG+ADABQ2EGlJ4if/qqg0GgAaeqZ6oqGQA00ApUqP1PUQaMI09N' +
      'TapJX2lSSspVVM9Mst7HDjy566G4BmLAYC4WtawAAAAAAABtUkrFSSsVJKDGt73v1kpesLF0hYOOoWIWM61xznOd' +
      'cEWMAHKkla0AAAb5znFzM257SSVdhrWg5UkrWgAA45ziuZtAAAAAAZUlLvarmqklbQAAAABtdqq1JKzMzFVu7tVW' +
      '7u1Vbu1zMyVJK+akXCF3hd4XpC/YW0LeFtC2hbQtQsQt4W8L/F3JFOFCQEWkl4BCWmg5MUFZJlNZUvjbFwABSd2A' +
      'ABBAAn/wASGGAb4AQAHQ3J1gig/VD9U/1KAAAZUho3/qqRoGgASaqNFP9U/KppiANBEklNP1NP1UwahtNNbbJPss' +
      'W2SYWW3fwyY58eWnMAIAAAAAAAAUAAAAAAAAAAAa22SY22SY22SYYQNwzyy7qEWEkfayQDfdV7yQDbZVUCBwpfQr' +
      'HK9Lu7znWd0BKqhKqS1QKqSSSSTQFb1Kxd6Xd3nOv4KBAwqBE6czHGZrMzKqyDJALo1vd6u7uqqSAXIdcs555zWZ' +
      'mVTJAMMRRRRRRRRRzpCsmVMzLZFEDhIEANkUQOEgQA2RC6XWrvbji7u+lkK2kFCSIBFVVWSSSSSbKgYVA2VA2VAp' +
      'UD+VA3VA4VA3VA3VA3VA5KgRUDhUDhUD4LuSKcKEgpfG2Lg=',
    'base64',
  ),
  xz: Buffer.from(
    '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AfPAMhdABkMApKDgDIHTNx8U8W0FE8g7h8Jp/V8X+t9yTINSpziMLUc' +
      '3FSh4aN76oyXc002jO8Whyx2B6jWJfekMRpY6DVc1n7S5q+R/DbQmi4rBsc0bzgkxDz88UbNDRwjUPNInX8rLpNd' +
      'G/4ocTkLYAgpxIqG64HUyJSkGSp5tklK5H8ot5d/CClUPrqIYfB96vXQffiqBnYVbNRN5bqMlVq3iuI18drnyQX6' +
      'ua1bkZmyh23iO6tgTF4VpxhPhBBh2dq/ejufpJ8cgcMXACzfXD5QBpGeAAHkAdAPAABdWuhescRn+wIAAAAABFla' +
      'AAAAAP03elhaAAAE5ta0RgIAIQEWAAAAdC/lo+ALcQEFXQAYDILcT/rnYuOycgACRNX+cghYBHDNw1s3Vhdw/vJu' +
      'FHtzjWMt2oMXpobXuNr/q3HhgltPbwmI9fNqnFhKyQZVpAz0QbkdlJiAPnehVcYu8McNv3w2PHFaXFDxcSLZle8W' +
      'BCHYI2+F2ZdiLEGiV4thyOn8dtbe1pIJSfk3HZI/Gru8JTRJ9klNTB2t7CzdNYn5LftRjC/AcKBF2BP6mnCYSpxw' +
      'FxwjEks6H/X5lzJG053e0H3V3gr84x3PydIqFU/jMiEV1W6D3B+E0nSw3qkuJrFIdteLbWUpRNjhbV1fBlgBthBg' +
      'TVKb+JsgED8daqAvMJEv6eOSizhqHW1NBtBtoF56k9IAAAAAfe0TyCnOjCsAAaEC8hYAABhEEV+xxGf7AgAAAAAE' +
      'WVo=',
    'base64',
  ),
} as const;
