/** The drivers of the GDAL that we ship which may look at a file; each is asked for by one of our formats. */
export const ALLOWED_DRIVERS = ['DXF', 'FlatGeobuf', 'GML', 'MapInfo File', 'OpenFileGDB']

/**
 * Every other driver of GDAL 3.8.4 as shipped, to be switched off before it starts: a file is tried against all drivers by its
 * content, and some of these open what a file names (VRT, STAC, WMTS) or were never meant for untrusted input. A start
 * with a driver outside the allowed ones is refused, so that a new version of the library cannot bring one in unseen.
 */
export const SKIPPED_DRIVERS =
  'AAIGrid,ACE2,ADRG,AIG,ARG,AVCBin,AVCE00,AirSAR,BIGGIF,BLX,BMP,BSB,BT,BYN,CAD,CALS,CEOS,COASP,COG,COSAR,CPG,CSV,CTG,CTable2,' +
  'DERIVED,DGN,DIMAP,DIPEx,DOQ1,DOQ2,DTED,ECRGTOC,EDIGEO,EHdr,EIR,ELAS,ENVI,ERS,ESAT,ESRI Shapefile,ESRIC,ESRIJSON,FAST,FIT,' +
  'GFF,GIF,GPKG,GPX,GRASSASCIIGrid,GRIB,GS7BG,GSAG,GSBG,GSC,GTFS,GTX,GTiff,GXF,GenBin,GeoJSON,GeoJSONSeq,GeoRSS,Geoconcept,HF2,' +
  'HFA,ILWIS,IRIS,ISCE,ISG,ISIS2,ISIS3,Idrisi,JAXAPALSAR,JDEM,JML,JPEG,JSONFG,KML,KMLSUPEROVERLAY,KRO,L1B,LAN,LCP,LOSLAS,LVBAG,' +
  'Leveller,MAP,MBTiles,MEM,MFF,MFF2,MRF,MSGN,MVT,MapML,Memory,NDF,NGSGEOID,NITF,NOAA_B,NSIDCbin,NTv2,NWT_GRC,NWT_GRD,ODS,OGR_GMT,' +
  'OGR_PDS,OGR_SDTS,OGR_VRT,OSM,OZI,PAux,PCIDSK,PCRaster,PDF,PDS,PDS4,PGDUMP,PMTiles,PNG,PNM,PRF,R,RIK,RMF,ROI_PAC,RPFTOC,RRASTER,' +
  'RS2,RST,Rasterlite,S57,SAFE,SAGA,SAR_CEOS,SDTS,SENTINEL2,SGI,SIGDEM,SNODAS,SQLite,SRP,SRTMHGT,STACIT,STACTA,SVG,SXF,Selafin,TGA,' +
  'TIGER,TIL,TSX,Terragen,TopoJSON,UK .NTF,USGSDEM,VDV,VFK,VICAR,VRT,WAsP,WEBP,WMTS,XLSX,XPM,XYZ,ZMap,Zarr'

/** Settings of GDAL, all of them process-wide: nothing is fetched, nothing is resolved, nothing is guessed. */
export const GDAL_SETTINGS: Record<string, string> = {
  GDAL_SKIP: SKIPPED_DRIVERS,
  GDAL_NUM_THREADS: '1',
  GDAL_DISABLE_READDIR_ON_OPEN: 'NO',
  DXF_ENCODING: 'UTF-8', // the staged copy is UTF-8
  DXF_FEATURE_LIMIT_PER_BLOCK: '10000', // against blocks inside blocks inside blocks
  GML_FIELDTYPES: 'ALWAYS_STRING', // "0701" is a code, not seven hundred and one
  GML_SKIP_RESOLVE_ELEMS: 'ALL',
  GML_DOWNLOAD_SCHEMA: 'NO',
}
