"""Who is who in the sample inventory."""

HA, MINH, HUY = 1001, 1002, 1003  # on-call
LONG = 1101  # administrator
LAN = 1201  # manager
THANG, CUONG = 1301, 1302  # field teams of Võ Nhai and of Thái Nguyên
NAM = 1401  # officer of Thần Xa
MAI = 1402  # officer of Tân Thành, Phú Bình
XA = "X05725"  # Thần Xa's channel
UPLINK = "H170U"  # UBND huyện Võ Nhai, with 15 communes behind it
VO_NHAI = "VNPT-170"
