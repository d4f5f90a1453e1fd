$curve0 << END
0.999999 80.1333 79.7108 80.5559
2 82.1133 81.6625 82.5641
4 82.6667 82.3798 82.9535
8 82.61 82.4361 82.7839
END
$line0 << END
0.799999 83.1533 82.9045 83.4022
10 83.1533 82.9045 83.4022
END
$curve1 << END
0.999999 77.53 76.7001 78.3599
2 80.5133 80.4846 80.542
4 81.26 80.4056 82.1144
8 81.5533 80.6813 82.4254
END
$line1 << END
0.799999 82.68 81.997 83.363
10 82.68 81.997 83.363
END
$curve2 << END
0.999999 77.1367 74.378 79.8953
2 79.4833 78.5931 80.3736
4 80.5267 79.8627 81.1906
8 80.6867 79.7319 81.6415
END
$line2 << END
0.799999 82.4833 81.3144 83.6523
10 82.4833 81.3144 83.6523
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set logscale x
set xrange [0.799999:10]
set xtics ("1" 0.999999, "2" 2, "4" 4, "8" 8)
set offsets 0, 0, graph 0.06, graph 0.04
set xlabel "Privacy loss ε (upper bound, δ = 10^{-5})\n{/*0.7 client level, add-or-remove-one, poisson(rate=0.1), rdp accountant}\n{/*0.7 points: mean of 3 with 95 % interval; dashed: no privacy}"
set ylabel "Test accuracy (%)"
set key below horizontal opaque samplen 2.5 spacing 1.2
plot $curve0 using 1:2:3:4 with yerrorlines linestyle 1 title "iid", \
     $line0 using 1:2 with lines linestyle 1 dashtype 2 notitle, \
     $curve1 using 1:2:3:4 with yerrorlines linestyle 2 title "dirichlet 1.0", \
     $line1 using 1:2 with lines linestyle 2 dashtype 2 notitle, \
     $curve2 using 1:2:3:4 with yerrorlines linestyle 3 title "label shards 2", \
     $line2 using 1:2 with lines linestyle 3 dashtype 2 notitle
